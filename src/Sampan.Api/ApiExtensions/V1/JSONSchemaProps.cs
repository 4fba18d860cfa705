namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps")]
public sealed partial class JSONSchemaProps : IApiType<JSONSchemaProps>
{
    [Field("id", 1)]
    public string? Id { get; set; }

    [Field("$schema", 2)]
    public string? Schema { get; set; }

    [Field("$ref", 3, Pointer = true)]
    public string? Ref { get; set; }

    [Field("description", 4)]
    public string? Description { get; set; }

    [Field("type", 5)]
    public string? Type { get; set; }

    [Field("format", 6)]
    public string? Format { get; set; }

    [Field("title", 7)]
    public string? Title { get; set; }

    [Field("default", 8)]
    public JSON? Default { get; set; }

    [Field("maximum", 9)]
    public double? Maximum { get; set; }

    [Field("exclusiveMaximum", 10)]
    public bool ExclusiveMaximum { get; set; }

    [Field("minimum", 11)]
    public double? Minimum { get; set; }

    [Field("exclusiveMinimum", 12)]
    public bool ExclusiveMinimum { get; set; }

    [Field("maxLength", 13)]
    public long? MaxLength { get; set; }

    [Field("minLength", 14)]
    public long? MinLength { get; set; }

    [Field("pattern", 15)]
    public string? Pattern { get; set; }

    [Field("maxItems", 16)]
    public long? MaxItems { get; set; }

    [Field("minItems", 17)]
    public long? MinItems { get; set; }

    [Field("uniqueItems", 18)]
    public bool UniqueItems { get; set; }

    [Field("multipleOf", 19)]
    public double? MultipleOf { get; set; }

    [Field("enum", 20, ListType = "atomic")]
    public List<JSON>? Enum { get; set; }

    [Field("maxProperties", 21)]
    public long? MaxProperties { get; set; }

    [Field("minProperties", 22)]
    public long? MinProperties { get; set; }

    [Field("required", 23, ListType = "atomic")]
    public List<string>? Required { get; set; }

    [Field("items", 24)]
    public JSONSchemaPropsOrArray? Items { get; set; }

    [Field("allOf", 25, ListType = "atomic")]
    public List<JSONSchemaProps>? AllOf { get; set; }

    [Field("oneOf", 26, ListType = "atomic")]
    public List<JSONSchemaProps>? OneOf { get; set; }

    [Field("anyOf", 27, ListType = "atomic")]
    public List<JSONSchemaProps>? AnyOf { get; set; }

    [Field("not", 28)]
    public JSONSchemaProps? Not { get; set; }

    [Field("properties", 29)]
    public Dictionary<string, JSONSchemaProps>? Properties { get; set; }

    [Field("additionalProperties", 30)]
    public JSONSchemaPropsOrBool? AdditionalProperties { get; set; }

    [Field("patternProperties", 31)]
    public Dictionary<string, JSONSchemaProps>? PatternProperties { get; set; }

    [Field("dependencies", 32)]
    public Dictionary<string, JSONSchemaPropsOrStringArray>? Dependencies { get; set; }

    [Field("additionalItems", 33)]
    public JSONSchemaPropsOrBool? AdditionalItems { get; set; }

    [Field("definitions", 34)]
    public Dictionary<string, JSONSchemaProps>? Definitions { get; set; }

    [Field("externalDocs", 35)]
    public ExternalDocumentation? ExternalDocs { get; set; }

    [Field("example", 36)]
    public JSON? Example { get; set; }

    [Field("nullable", 37)]
    public bool Nullable { get; set; }

    [Field("x-kubernetes-preserve-unknown-fields", 38)]
    public bool? XKubernetesPreserveUnknownFields { get; set; }

    [Field("x-kubernetes-embedded-resource", 39)]
    public bool XKubernetesEmbeddedResource { get; set; }

    [Field("x-kubernetes-int-or-string", 40)]
    public bool XKubernetesIntOrString { get; set; }

    [Field("x-kubernetes-list-map-keys", 41, ListType = "atomic")]
    public List<string>? XKubernetesListMapKeys { get; set; }

    [Field("x-kubernetes-list-type", 42, Pointer = true)]
    public string? XKubernetesListType { get; set; }

    [Field("x-kubernetes-map-type", 43, Pointer = true)]
    public string? XKubernetesMapType { get; set; }

    [Field("x-kubernetes-validations", 44, ListType = "map", ListKeys = ["rule"], PatchStrategy = "merge", MergeKey = "rule")]
    public List<ValidationRule>? XKubernetesValidations { get; set; }
}
