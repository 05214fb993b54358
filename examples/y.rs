use cicerone::parse::yaml::*; use cicerone::model::source::SourcePath;
fn main(){ let text=std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap(); let path=SourcePath::new("x"); 
 let n=parse(Excerpt{path:&path,text:&text,offset:0},32);
 fn show(n:&Node,t:&str,d:usize){ let p="  ".repeat(d); let s=&t[n.span.range()]; match &n.value { Yaml::List(l)=>{println!("{p}LIST {:?}",s);for i in l{show(i,t,d+1)}}, Yaml::Map(m)=>{println!("{p}MAP {:?}",s);for e in m{println!("{p}KEY {} {:?}",e.key,&t[e.key_span.range()]);show(&e.value,t,d+1)}}, v=>println!("{p}{:?} @ {:?}",v,s)}}
 match n { Ok(n)=>{ if std::env::args().nth(2).is_none(){show(&n,&text,0)}; let t=std::time::Instant::now(); for _ in 0..1000{ std::hint::black_box(parse(Excerpt{path:&path,text:&text,offset:0},32).is_ok());} eprintln!("{:?} each",t.elapsed()/1000);}, Err(e)=>println!("{e:?}")}}
