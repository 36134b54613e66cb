//! The functions that Helm's templates may call beyond Go's own: Sprig's and Helm's.
//!
//! This file is the table; the bodies stand in one file a family. Sources followed: Sprig v3 and
//! Helm 4.3.1 (measured). `env` and `expandenv` are not there, as in Helm.

mod args;
mod cases;
mod crypto;
mod dates;
mod defaults;
mod dicts;
mod encoding;
mod engine;
pub mod json;
mod lists;
mod numeric;
mod paths;
mod random;
mod reflect;
mod regular;
pub mod semver;
mod strings;
mod text;
mod toml;
mod url;
mod world;

pub use dates::days_in;
pub use defaults::is_empty;
pub use encoding::base64;
pub use engine::{Mode, PassedOver};
pub use regular::Pattern;
pub use url::{address_complaint, host_and_path, is_request_url, url_scheme};
pub use world::{Place, Timestamp, World};

use gotemplate::{Call, CallResult, FuncMap, Function, Native, Type, Value};
use std::rc::Rc;

const A: Type = Type::Any;
const S: Type = Type::String;
const I: Type = Type::Int;
const M: Type = Type::Map;

/// A row of the table.
struct Row(&'static str, &'static [Type], bool, Native);

type Pure = fn(&[Value]) -> CallResult;
type Charged = fn(&[Value], &mut Call<'_>) -> CallResult;

const fn pure(name: &'static str, params: &'static [Type], body: Pure) -> Row {
    Row(name, params, false, Native::Pure(body))
}

const fn many(name: &'static str, params: &'static [Type], body: Pure) -> Row {
    Row(name, params, true, Native::Pure(body))
}

const fn charged(name: &'static str, params: &'static [Type], body: Charged) -> Row {
    Row(name, params, false, Native::Charged(body))
}

const fn charged_many(name: &'static str, params: &'static [Type], body: Charged) -> Row {
    Row(name, params, true, Native::Charged(body))
}

/// All functions for a template set that renders under `world`.
pub fn functions(world: Rc<dyn World>, mode: Mode) -> FuncMap {
    let mut map = FuncMap::new();
    let families = [
        strings_table(),
        text_table(),
        lists_table(),
        dicts_table(),
        defaults_table(),
        numeric_table(),
        encoding_table(),
        other_table(),
        engine::table(mode),
        world::table(&world),
        random::table(&world),
        dates::table(&world),
        crypto::table(&world),
    ];
    for Row(name, params, variadic, native) in families.into_iter().flatten() {
        map.insert(name, Function { name, params, variadic, native });
    }
    map
}

fn strings_table() -> Vec<Row> {
    vec![
        pure("hello", &[], |_| Ok(Value::from("Hello!"))),
        pure("trim", &[S], strings::trim),
        pure("upper", &[S], strings::upper),
        pure("lower", &[S], strings::lower),
        pure("title", &[S], strings::title),
        pure("untitle", &[S], strings::untitle),
        pure("nospace", &[S], strings::nospace),
        pure("swapcase", &[S], strings::swapcase),
        pure("initials", &[S], strings::initials),
        pure("contains", &[S, S], strings::contains),
        pure("hasPrefix", &[S, S], strings::has_prefix),
        pure("hasSuffix", &[S, S], strings::has_suffix),
        many("quote", &[A], strings::quote),
        many("squote", &[A], strings::squote),
        many("cat", &[A], strings::cat),
        pure("trimall", &[S, S], strings::trim_all),
        pure("trimAll", &[S, S], strings::trim_all),
        pure("trimSuffix", &[S, S], strings::trim_suffix),
        pure("trimPrefix", &[S, S], strings::trim_prefix),
        pure("trunc", &[I, S], strings::trunc),
        pure("substr", &[I, I, S], strings::substr),
        charged("repeat", &[I, S], strings::repeat),
        charged("replace", &[S, S, S], strings::replace),
        pure("plural", &[S, S, I], strings::plural),
        pure("toString", &[A], strings::to_string),
        charged("toStrings", &[A], strings::to_strings),
        charged("join", &[S, A], strings::join),
        charged("sortAlpha", &[A], strings::sort_alpha),
        charged("split", &[S, S], strings::split),
        charged("splitList", &[S, S], strings::split_list),
        charged("splitn", &[S, I, S], strings::splitn),
    ]
}

fn text_table() -> Vec<Row> {
    vec![
        charged("indent", &[I, S], text::indent),
        charged("nindent", &[I, S], text::nindent),
        pure("abbrev", &[I, S], text::abbrev),
        pure("abbrevboth", &[I, I, S], text::abbrev_both),
        pure("wrap", &[I, S], text::wrap),
        charged("wrapWith", &[I, S, S], text::wrap_with),
        pure("snakecase", &[S], cases::snakecase),
        pure("camelcase", &[S], cases::camelcase),
        pure("kebabcase", &[S], cases::kebabcase),
        charged("regexMatch", &[S, S], regular::is_match),
        charged("mustRegexMatch", &[S, S], regular::must_match),
        charged("regexFind", &[S, S], regular::find),
        charged("mustRegexFind", &[S, S], regular::must_find),
        charged("regexFindAll", &[S, S, I], regular::find_all),
        charged("mustRegexFindAll", &[S, S, I], regular::must_find_all),
        charged("regexReplaceAll", &[S, S, S], regular::replace_all),
        charged("mustRegexReplaceAll", &[S, S, S], regular::must_replace_all),
        charged("regexReplaceAllLiteral", &[S, S, S], regular::replace_all_literal),
        charged("mustRegexReplaceAllLiteral", &[S, S, S], regular::must_replace_all_literal),
        charged("regexSplit", &[S, S, I], regular::split),
        charged("mustRegexSplit", &[S, S, I], regular::must_split),
        pure("regexQuoteMeta", &[S], regular::quote_meta),
        pure("semver", &[S], semver::function),
        pure("semverCompare", &[S, S], semver::compare_function),
    ]
}

fn lists_table() -> Vec<Row> {
    vec![
        many("list", &[A], lists::list),
        many("tuple", &[A], lists::list),
        pure("first", &[A], lists::first),
        pure("mustFirst", &[A], lists::first),
        pure("rest", &[A], lists::rest),
        pure("mustRest", &[A], lists::rest),
        pure("last", &[A], lists::last),
        pure("mustLast", &[A], lists::last),
        pure("initial", &[A], lists::initial),
        pure("mustInitial", &[A], lists::initial),
        charged("append", &[A, A], lists::append),
        charged("push", &[A, A], lists::append),
        charged("mustAppend", &[A, A], lists::append),
        charged("mustPush", &[A, A], lists::append),
        charged("prepend", &[A, A], lists::prepend),
        charged("mustPrepend", &[A, A], lists::prepend),
        charged_many("concat", &[A], lists::concat),
        pure("reverse", &[A], lists::reverse),
        pure("mustReverse", &[A], lists::reverse),
        charged("uniq", &[A], lists::uniq),
        charged("mustUniq", &[A], lists::uniq),
        charged_many("without", &[A, A], lists::without),
        charged_many("mustWithout", &[A, A], lists::without),
        charged("has", &[A, A], lists::has),
        charged("mustHas", &[A, A], lists::has),
        many("slice", &[A, A], lists::slice),
        many("mustSlice", &[A, A], lists::slice),
        pure("compact", &[A], lists::compact),
        pure("mustCompact", &[A], lists::compact),
        pure("chunk", &[I, A], lists::chunk),
        pure("mustChunk", &[I, A], lists::chunk),
        charged("until", &[I], lists::until),
        charged("untilStep", &[I, I, I], lists::until_step),
        charged_many("seq", &[I], lists::seq),
    ]
}

fn dicts_table() -> Vec<Row> {
    vec![
        many("dict", &[A], dicts::dict),
        charged("get", &[M, S], dicts::get),
        charged("set", &[M, S, A], dicts::set),
        pure("unset", &[M, S], dicts::unset),
        charged("hasKey", &[M, S], dicts::has_key),
        many("pluck", &[S, M], dicts::pluck),
        many("keys", &[M], dicts::keys),
        charged_many("pick", &[M, S], dicts::pick),
        charged_many("omit", &[M, S], dicts::omit),
        pure("values", &[M], dicts::values),
        charged_many("merge", &[M, M], dicts::merge),
        charged_many("mustMerge", &[M, M], dicts::merge),
        charged_many("mergeOverwrite", &[M, M], dicts::merge_overwrite),
        charged_many("mustMergeOverwrite", &[M, M], dicts::merge_overwrite),
        charged("deepCopy", &[A], dicts::deep_copy),
        charged("mustDeepCopy", &[A], dicts::deep_copy),
        charged_many("dig", &[A], dicts::dig),
    ]
}

fn defaults_table() -> Vec<Row> {
    vec![
        many("default", &[A, A], defaults::default),
        pure("empty", &[A], |args| Ok(Value::Bool(is_empty(&args[0])))),
        many("coalesce", &[A], defaults::coalesce),
        many("all", &[A], |args| Ok(Value::Bool(!args.iter().any(is_empty)))),
        many("any", &[A], |args| Ok(Value::Bool(args.iter().any(|arg| !is_empty(arg))))),
        pure("ternary", &[A, A, Type::Bool], defaults::ternary),
        pure("typeOf", &[A], reflect::type_of),
        pure("typeIs", &[S, A], reflect::type_is),
        pure("typeIsLike", &[S, A], reflect::type_is_like),
        pure("kindOf", &[A], reflect::kind_of),
        pure("kindIs", &[S, A], reflect::kind_is),
        charged("deepEqual", &[A, A], reflect::deep_equal),
    ]
}

fn numeric_table() -> Vec<Row> {
    vec![
        pure("int", &[A], |args| Ok(Value::int(numeric::to_int(&args[0])))),
        pure("int64", &[A], |args| Ok(Value::int64(numeric::to_int(&args[0])))),
        pure("float64", &[A], |args| Ok(Value::float(numeric::to_float(&args[0])))),
        pure("atoi", &[S], numeric::atoi),
        pure("toDecimal", &[A], numeric::to_decimal),
        many("add", &[A], numeric::add),
        pure("add1", &[A], numeric::add1),
        pure("sub", &[A, A], numeric::sub),
        pure("div", &[A, A], numeric::div),
        pure("mod", &[A, A], numeric::modulo),
        many("mul", &[A, A], numeric::mul),
        many("max", &[A, A], numeric::max),
        many("biggest", &[A, A], numeric::max),
        many("min", &[A, A], numeric::min),
        many("maxf", &[A, A], numeric::maxf),
        many("minf", &[A, A], numeric::minf),
        many("addf", &[A], numeric::addf),
        pure("add1f", &[A], numeric::add1f),
        many("subf", &[A, A], numeric::subf),
        many("mulf", &[A, A], numeric::mulf),
        many("divf", &[A, A], numeric::divf),
        pure("ceil", &[A], |args| Ok(Value::float(numeric::to_float(&args[0]).ceil()))),
        pure("floor", &[A], |args| Ok(Value::float(numeric::to_float(&args[0]).floor()))),
        many("round", &[A, I, Type::Float64], numeric::round),
    ]
}

fn encoding_table() -> Vec<Row> {
    vec![
        pure("b64enc", &[S], encoding::b64enc),
        pure("b64dec", &[S], encoding::b64dec),
        pure("b32enc", &[S], encoding::b32enc),
        pure("b32dec", &[S], encoding::b32dec),
        charged("toYaml", &[A], encoding::to_yaml),
        charged("mustToYaml", &[A], encoding::must_to_yaml),
        charged("toYamlPretty", &[A], encoding::to_yaml_pretty),
        pure("fromYaml", &[S], encoding::from_yaml),
        pure("fromYamlArray", &[S], encoding::from_yaml_array),
        charged("toToml", &[A], toml::to_toml),
        charged("mustToToml", &[A], toml::must_to_toml),
        pure("fromToml", &[S], toml::from_toml),
        charged("toJson", &[A], encoding::to_json),
        charged("mustToJson", &[A], encoding::must_to_json),
        charged("toPrettyJson", &[A], encoding::to_pretty_json),
        charged("mustToPrettyJson", &[A], encoding::must_to_pretty_json),
        charged("toRawJson", &[A], encoding::to_raw_json),
        charged("mustToRawJson", &[A], encoding::to_raw_json),
        pure("fromJson", &[S], encoding::from_json),
        pure("mustFromJson", &[S], encoding::must_from_json),
        pure("fromJsonArray", &[S], encoding::from_json_array),
    ]
}

fn other_table() -> Vec<Row> {
    vec![
        pure("base", &[S], paths::base),
        pure("dir", &[S], paths::dir),
        pure("clean", &[S], paths::clean),
        pure("ext", &[S], paths::ext),
        pure("isAbs", &[S], paths::is_abs),
        pure("osBase", &[S], paths::base),
        pure("osDir", &[S], paths::dir),
        pure("osClean", &[S], paths::clean),
        pure("osExt", &[S], paths::ext),
        pure("osIsAbs", &[S], paths::is_abs),
        pure("urlParse", &[S], url::parse),
        pure("urlJoin", &[M], url::join),
        pure("sha1sum", &[S], crypto::sha1sum),
        pure("sha256sum", &[S], crypto::sha256sum),
        pure("sha512sum", &[S], crypto::sha512sum),
        pure("adler32sum", &[S], crypto::adler32sum),
    ]
}
