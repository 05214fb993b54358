FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /cicerone
COPY . .
RUN cargo build --locked --profile dist

FROM alpine:3
RUN apk add --no-cache git
COPY --from=build /cicerone/target/dist/cicerone /usr/local/bin/cicerone
RUN adduser -D -u 1000 cicerone
USER cicerone
WORKDIR /site
ENTRYPOINT ["cicerone"]
