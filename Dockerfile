# The program without its sources: `docker build -t cicerone .`
FROM rust:1.95-slim-bookworm AS build
WORKDIR /cicerone
COPY . .
RUN cargo build --locked --profile dist

FROM debian:bookworm-slim
# For targets that are branches, and for those behind TLS.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git openssh-client \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /cicerone/target/dist/cicerone /usr/local/bin/cicerone
RUN useradd --uid 1000 --create-home cicerone
USER cicerone
WORKDIR /site
ENTRYPOINT ["cicerone"]
CMD ["--help"]
