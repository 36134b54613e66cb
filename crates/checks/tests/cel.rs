//! CEL expressions and what they give, worked out from the language's definition and from
//! Kubernetes' documentation of its libraries.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use checks::cel::{Cel, EvalError, Program};
use serde_json::json;

fn evaluate(source: &str) -> Result<Cel, EvalError> {
    let object = Cel::from_json(&json!({
        "name": "a", "n": 3, "f": 1.5, "list": [1, 2, 3], "map": {"k": "v"}, "memory": "128Mi",
    }));
    Program::compile(source).unwrap().evaluate(&[("self", object)], 100_000)
}

#[test]
fn expressions_that_hold() {
    for source in [
        "1 + 2 * 3 == 7",
        "(1 + 2) * 3 == 9",
        "7 / 2 == 3 && 7 % 2 == 1",
        "-7 / 2 == -3",
        "2.5 * 2.0 == 5.0",
        "1 == 1.0",
        "'a' + 'b' == 'ab'",
        "'a' < 'b'",
        "[1] + [2] == [1, 2]",
        "{'a': 1}.a == 1",
        "{'a': 1}['a'] == 1",
        "!false",
        "true ? true : 1 / 0 == 0",
        "true || 1 / 0 == 0",
        "1 / 0 == 0 || true",
        "!(false && 1 / 0 == 0)",
        "2 in [1, 2]",
        "'k' in self.map",
        "has(self.map.k) && !has(self.map.x)",
        "self.list.all(x, x > 0)",
        "self.list.exists(x, x == 2)",
        "self.list.exists_one(x, x > 2)",
        "self.list.map(x, x * 2) == [2, 4, 6]",
        "self.list.map(x, x > 1, x * 2) == [4, 6]",
        "self.list.filter(x, x != 2) == [1, 3]",
        "self.map.all(key, key == 'k')",
        "size(self.list) == 3 && self.list.size() == 3",
        "size('äö') == 2",
        "size(b'\\xc3\\xa4') == 2",
        "'abc'.contains('b') && 'abc'.startsWith('a') && 'abc'.endsWith('c')",
        "'a,b'.split(',') == ['a', 'b']",
        "['a', 'b'].join('-') == 'a-b'",
        "' a '.trim() == 'a'",
        "'AbC'.lowerAscii() == 'abc' && 'AbC'.upperAscii() == 'ABC'",
        "'abcd'.substring(1, 3) == 'bc' && 'abcd'.substring(2) == 'cd'",
        "'abc'.charAt(1) == 'b' && 'abc'.indexOf('c') == 2 && 'abc'.indexOf('x') == -1",
        "'a.b'.replace('.', '-') == 'a-b'",
        "'foo123'.matches('[0-9]+$')",
        "r'\\d' == '\\\\d'",
        "'''it's''' == 'it\\'s'",
        "string(12) == '12' && int('12') == 12 && double('1.5') == 1.5",
        "string(base64.decode('aGVsbG8=')) == 'hello'",
        "base64.encode(b'hello') == 'aGVsbG8='",
        "quantity('1Gi').compareTo(quantity('1024Mi')) == 0",
        "quantity('50m').isLessThan(quantity('0.1'))",
        "quantity('2').isGreaterThan(quantity('1999m'))",
        "quantity('1k').add(quantity('24')).compareTo(quantity('1Ki')) == 0",
        "isQuantity('1.5Gi') && !isQuantity('1.5 Gi') && !isQuantity('')",
        "isURL('https://a.example.com:8080/x?y') && isURL('/a/b')",
        "!isURL('example.com') && !isURL('https://') && !isURL('a b://c')",
        "url('https://a.example.com:80/x?q').getHost() == 'a.example.com:80'",
        "url('https://a.example.com:80/x?q').getHostname() == 'a.example.com'",
        "url('https://a.example.com:80/x?q').getEscapedPath() == '/x'",
        "[1, 2, 2].isSorted() && ![2, 1].isSorted()",
        "[1, 2].sum() == 3 && [3, 1].min() == 1 && [3, 1].max() == 3",
        "math.greatest(1, 5, 3) == 5",
        "0x10 == 16 && 3u == 3",
        "self.n > 2 // a comment",
        "null == null && self.name != null",
        "type(1) == 'int'",
    ] {
        let value = evaluate(source).unwrap_or_else(|error| panic!("{source}: {error}"));
        assert_eq!(value, Cel::Bool(true), "{source}");
    }
}

#[test]
fn expressions_that_have_no_value() {
    for source in [
        "1 / 0",
        "self.missing",
        "self.list[3]",
        "1 + 'a'",
        "9223372036854775807 + 1",
        "nope",
        "quantity('x')",
        "'a' && true",
        "'a'.matches('(')",
        "base64.decode('%')",
    ] {
        assert!(evaluate(source).is_err(), "{source}");
    }
}

#[test]
fn what_is_no_expression_says_where() {
    assert_eq!(Program::compile("1 +").err().map(|error| error.at), Some(3));
    assert_eq!(Program::compile("a b").err().map(|error| error.at), Some(2));
    assert!(Program::compile(&"(".repeat(1_000)).is_err());
    assert!(Program::compile("'open").is_err());
}

#[test]
fn a_costly_rule_ends() {
    let items: Vec<u32> = (0..1_000).collect();
    let list = Cel::from_json(&json!(items));
    let source = "self.all(a, self.all(b, self.all(c, a + b + c >= 0)))";
    let result = Program::compile(source).unwrap().evaluate(&[("self", list)], 1_000_000);
    assert_eq!(result, Err(EvalError::TooCostly));
}
