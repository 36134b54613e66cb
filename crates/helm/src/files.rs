//! `.Files`: the chart's other files by name.

use crate::chart::File;
use crate::load::glob;
use gotemplate::{Call, CallResult, Function, Kind, Map, MapType, Object, Str, Type, Value};
use std::any::Any;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

/// `engine.files`.
pub(crate) struct Files(BTreeMap<String, Str>);

impl Files {
    pub(crate) fn value(files: &[File]) -> Value {
        let entries = files.iter().map(|file| (file.name.clone(), Str::from(file.data.as_slice())));
        Value::Object(Rc::new(Self(entries.collect())))
    }

    fn get(&self, name: &str) -> Str {
        self.0.get(name).cloned().unwrap_or_default()
    }

    fn by_base(&self, make: fn(&Str) -> Str) -> Value {
        let map = Map::of(MapType::Str);
        for (name, data) in &self.0 {
            let base = name.rsplit('/').next().unwrap_or(name);
            map.insert(base, Value::String(make(data)));
        }
        Value::Map(map)
    }

    fn as_yaml(&self, make: fn(&Str) -> Str, call: &mut Call<'_>) -> CallResult {
        let json = sprig::json::from_value(&self.by_base(make), call.budget)?;
        let yaml = yaml::to_string(&json).unwrap_or_default();
        Ok(Value::from(yaml.strip_suffix('\n').unwrap_or(&yaml)))
    }
}

impl Object for Files {
    fn type_name(&self) -> Cow<'static, str> {
        "engine.files".into()
    }

    fn kind(&self) -> Kind {
        Kind::Map
    }

    fn truth(&self) -> bool {
        !self.0.is_empty()
    }

    fn method(&self, name: &str) -> Option<Function> {
        const NAME: &[Type] = &[Type::String];
        Some(match name {
            "Get" => Function::method("Get", NAME),
            "GetBytes" => Function::method("GetBytes", NAME),
            "Glob" => Function::method("Glob", NAME),
            "Lines" => Function::method("Lines", NAME),
            "AsConfig" => Function::method("AsConfig", &[]),
            "AsSecrets" => Function::method("AsSecrets", &[]),
            _ => return None,
        })
    }

    fn call(&self, name: &str, args: &[Value], call: &mut Call<'_>) -> CallResult {
        let wanted = args.first().and_then(Value::as_str).map(|text| text.to_str_lossy());
        let wanted = wanted.unwrap_or_default();
        Ok(match name {
            "Get" => Value::String(self.get(&wanted)),
            "GetBytes" => Value::Bytes(self.get(&wanted)),
            "Glob" => {
                let found = self.0.iter().filter(|(name, _)| glob::matches(&wanted, name));
                let found = found.map(|(name, data)| (name.clone(), data.clone()));
                Value::Object(Rc::new(Self(found.collect())))
            }
            "Lines" => lines(&self.0, &wanted),
            "AsConfig" => return self.as_yaml(Str::clone, call),
            _ => {
                return self.as_yaml(|data| base64(data.as_bytes()).into(), call);
            }
        })
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        let map: Map =
            self.0.iter().map(|(name, data)| (name.as_str(), Value::Bytes(data.clone()))).collect();
        gotemplate::fmt::value_v(&Value::Map(map)).unwrap_or_default()
    }

    fn length(&self) -> Option<usize> {
        Some(self.0.len())
    }

    fn index(&self, key: &Value) -> Option<Value> {
        let name = key.as_str()?.to_str_lossy();
        Some(Value::Bytes(self.get(&name)))
    }

    fn entries(&self) -> Option<Vec<(Value, Value)>> {
        let entry = |(name, data): (&String, &Str)| {
            (Value::from(name.as_str()), Value::Bytes(data.clone()))
        };
        Some(self.0.iter().map(entry).collect())
    }

    fn plain(&self) -> Option<Value> {
        let entry = |(name, data): (&String, &Str)| (name.clone(), Value::Bytes(data.clone()));
        Some(Value::Map(self.0.iter().map(entry).collect::<Map>()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn lines(files: &BTreeMap<String, Str>, name: &str) -> Value {
    let Some(data) = files.get(name) else { return Value::strings(Vec::<String>::new()) };
    let text = data.to_str_lossy();
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Value::strings(text.split('\n'))
}

fn base64(bytes: &[u8]) -> String {
    sprig::base64(bytes)
}
