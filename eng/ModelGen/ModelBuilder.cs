using System.Text.Json.Nodes;

namespace ModelGen;

/// <summary>Joins OpenAPI's, protobuf's and the hand-kept facts to the types to draft.</summary>
internal sealed class ModelBuilder(Reference reference, Facts facts)
{
    private readonly Dictionary<string, ModelType> _types = [];
    private readonly Dictionary<string, Dictionary<string, int>> _order = [];

    public List<ModelType> Build()
    {
        foreach ((string name, JsonObject schema) in reference.Schemas.Where(s => IsDrafted(s.Key, s.Value)))
        {
            AddType(name, schema);
        }

        foreach ((string package, string name, string? groupVersion) in facts.ExtraTypes)
        {
            AddExtraType(package, name, groupVersion);
        }

        FieldOrder order = new(_types, _order);
        foreach (((string group, string version, string kind), JsonObject fixture) in reference.Fixtures)
        {
            order.Learn(group, version, kind, fixture);
        }

        foreach (ModelType type in _types.Values)
        {
            order.Sort(type);
        }

        return [.. _types.Values];
    }

    private static bool IsDrafted(string name, JsonObject schema)
    {
        string last = name.Split('.')[^1];
        bool isList = last.EndsWith("List", StringComparison.Ordinal) && schema["properties"]?["metadata"] is not null;
        return !isList && !Names.Primitives.Contains(last) && !Names.HandWritten.Contains(last);
    }

    private void AddType(string schemaName, JsonObject schema)
    {
        (string @namespace, string name) = Names.CSharp(schemaName);
        ModelType type = new(schemaName, @namespace, name)
        {
            Kind = KindOf(schemaName, schema),
            MapType = (string?)schema["x-kubernetes-map-type"],
            Unions = reference.Unions.GetValueOrDefault(schemaName),
        };
        string package = Names.Package(schemaName);
        HashSet<string> required = [.. schema["required"]?.AsArray().Select(r => (string)r!) ?? []];
        JsonObject properties = schema["properties"]?.AsObject() ?? [];
        JsonObject? message = reference.Message(package, schemaName[(schemaName.LastIndexOf('.') + 1)..]);
        foreach ((string field, JsonNode? property) in properties)
        {
            if (field is "apiVersion" or "kind" && type.Kind is not null)
            {
                continue;
            }

            WireField? wire = message is null ? null : Find(package, message, field);
            ModelField modelField = wire is { } w
                ? NewField(w.Package, field, w.Number, w.Path, w.Wire)
                : FieldWithoutMessage(schemaName, message, field, property!.AsObject());
            type.Fields.Add(modelField);
            FieldFacts.Apply(facts, type, modelField, property!.AsObject(), required.Contains(field));
        }

        _types.Add(schemaName, type);
    }

    private void AddExtraType(string package, string messageName, string? groupVersion)
    {
        string schemaName = Names.Schema(package, messageName);
        (string @namespace, string name) = Names.CSharp(schemaName);
        ModelType type = new(schemaName, @namespace, name);
        if (groupVersion is not null)
        {
            string[] parts = groupVersion.Split('/');
            type.Kind = new ModelKind(parts[0], parts[1]);
        }

        foreach ((string field, JsonNode? wire) in reference.Message(package, messageName)!)
        {
            ModelField modelField = NewField(package, field, (int)wire!["n"]!, [], wire.AsObject());
            type.Fields.Add(modelField);
            ModelType factsType = type with { Name = messageName };
            FieldFacts.ApplyExtra(facts, factsType, modelField);
        }

        _types.Add(schemaName, type);
    }

    /// <summary>A field by its JSON name, at the top or within an embedded message.</summary>
    private WireField? Find(string package, JsonObject message, string jsonName)
    {
        string normal = Names.Normalize(jsonName);
        foreach ((string name, JsonNode? wire) in message)
        {
            if (Names.Normalize(name) == normal)
            {
                return new WireField(package, (int)wire!["n"]!, [], wire.AsObject());
            }
        }

        foreach ((string name, JsonNode? wire) in message)
        {
            (string innerPackage, string type) = Split(package, (string)wire!["type"]!);
            if (IsEmbedded(name, type) && Find(innerPackage, reference.Message(innerPackage, type)!, jsonName) is { } inner)
            {
                return inner with { Path = [(int)wire["n"]!, .. inner.Path] };
            }
        }

        return null;
    }

    /// <summary>Go's embedded structs are fields named after their type.</summary>
    private static bool IsEmbedded(string field, string type) =>
        string.Equals(field, type, StringComparison.OrdinalIgnoreCase) || (field == "handler" && type == "ProbeHandler");

    private static (string Package, string Name) Split(string package, string type)
    {
        int dot = type.LastIndexOf('.');
        return dot < 0 ? (package, type) : (type[..dot], type[(dot + 1)..]);
    }

    private static ModelField NewField(string package, string jsonName, int number, int[] path, JsonObject wire)
    {
        string label = (string)wire["label"]!;
        string type = (string)wire["type"]!;
        Shape shape = label switch { "repeated" => Shape.List, "map" => Shape.Map, _ => Shape.Single };
        if (shape == Shape.Map)
        {
            type = type["map<string,".Length..^1].TrimStart('.');
        }

        bool wrapped = Names.StringLists.Contains(type);
        (string? @namespace, string csharp) = wrapped ? (null, "string") : TypeOf(package, type);
        return new ModelField
        {
            JsonName = jsonName,
            Number = number,
            Embedded = path,
            Type = csharp,
            TypeNamespace = @namespace,
            Shape = wrapped && shape == Shape.Single ? Shape.List : shape,
            Wrapped = wrapped,
        };
    }

    private static (string? Namespace, string Name) TypeOf(string package, string type)
    {
        string? scalar = type switch
        {
            "string" or "bool" or "double" => type,
            "int32" => "int",
            "int64" => "long",
            "bytes" => "byte[]",
            _ => null,
        };
        if (scalar is not null)
        {
            return (null, scalar);
        }

        (string owner, string name) = Split(package, type);
        return Names.Primitives.Contains(name) ? ("Sampan.Api", name) : Names.CSharp(Names.Schema(owner, name));
    }

    private static ModelField FieldWithoutMessage(string schema, JsonObject? message, string field, JsonObject property)
    {
        if (message is { Count: > 0 } || (string?)property["type"] != "string")
        {
            throw new InvalidOperationException($"{schema}.{field} has no protobuf field");
        }

        return new ModelField { JsonName = field, Number = 0, Type = "string" };
    }

    private ModelKind? KindOf(string schemaName, JsonObject schema)
    {
        if (schema["x-kubernetes-group-version-kind"] is not JsonArray { Count: > 0 } kinds || schema["properties"]?["apiVersion"] is null)
        {
            return null;
        }

        bool isMeta = schemaName.Contains(".meta.", StringComparison.Ordinal);
        string group = isMeta ? "" : (string)kinds[0]!["group"]!;
        string version = isMeta ? "v1" : (string)kinds[0]!["version"]!;
        return KindReader.Read(reference, group, version, (string)kinds[0]!["kind"]!);
    }

    private sealed record WireField(string Package, int Number, int[] Path, JsonObject Wire);
}
