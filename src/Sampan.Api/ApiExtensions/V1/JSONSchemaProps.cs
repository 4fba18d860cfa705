namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A JSON schema with the extensions for custom resources.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps")]
public sealed partial class JSONSchemaProps : IApiType<JSONSchemaProps>
{
    /// <summary>URI by which the schema would be known; not allowed in custom resources.</summary>
    [Field("id", 1)]
    public string? Id { get; set; }

    /// <summary>URI of the schema dialect; not allowed in custom resources.</summary>
    [Field("$schema", 2)]
    public string? Schema { get; set; }

    /// <summary>Pointer to another schema; not allowed in custom resources, whose schemas must be complete.</summary>
    [Field("$ref", 3, Pointer = true)]
    public string? Ref { get; set; }

    /// <summary>Explains the value to people; shown by kubectl explain.</summary>
    [Field("description", 4)]
    public string? Description { get; set; }

    /// <summary>JSON type of the value: object, array, string, integer, number or boolean.</summary>
    [Field("type", 5)]
    public string? Type { get; set; }

    /// <summary>Closer kind of string or number, such as date-time, uuid, ipv4 or int32; checked if known, else ignored.</summary>
    [Field("format", 6)]
    public string? Format { get; set; }

    /// <summary>Short caption of the schema.</summary>
    [Field("title", 7)]
    public string? Title { get; set; }

    /// <summary>Value that is filled in when the field is absent; must itself be valid.</summary>
    [Field("default", 8)]
    public JSON? Default { get; set; }

    /// <summary>Largest number allowed.</summary>
    [Field("maximum", 9)]
    public double? Maximum { get; set; }

    /// <summary>Whether the maximum itself is out of bounds.</summary>
    [Field("exclusiveMaximum", 10)]
    public bool ExclusiveMaximum { get; set; }

    /// <summary>Smallest number allowed.</summary>
    [Field("minimum", 11)]
    public double? Minimum { get; set; }

    /// <summary>Whether the minimum itself is out of bounds.</summary>
    [Field("exclusiveMinimum", 12)]
    public bool ExclusiveMinimum { get; set; }

    /// <summary>Most characters a string may have.</summary>
    [Field("maxLength", 13)]
    public long? MaxLength { get; set; }

    /// <summary>Fewest characters a string may have.</summary>
    [Field("minLength", 14)]
    public long? MinLength { get; set; }

    /// <summary>Regular expression a string must match somewhere; anchor it with ^ and $ to match the whole.</summary>
    [Field("pattern", 15)]
    public string? Pattern { get; set; }

    /// <summary>Most elements an array may have.</summary>
    [Field("maxItems", 16)]
    public long? MaxItems { get; set; }

    /// <summary>Fewest elements an array may have.</summary>
    [Field("minItems", 17)]
    public long? MinItems { get; set; }

    /// <summary>Must not be true for custom resources; use the list type set instead.</summary>
    [Field("uniqueItems", 18)]
    public bool UniqueItems { get; set; }

    /// <summary>Number that values must be a whole multiple of.</summary>
    [Field("multipleOf", 19)]
    public double? MultipleOf { get; set; }

    /// <summary>The only values allowed.</summary>
    [Field("enum", 20, ListType = "atomic")]
    public List<JSON>? Enum { get; set; }

    /// <summary>Most entries an object may have.</summary>
    [Field("maxProperties", 21)]
    public long? MaxProperties { get; set; }

    /// <summary>Fewest entries an object may have.</summary>
    [Field("minProperties", 22)]
    public long? MinProperties { get; set; }

    /// <summary>Names of the fields an object must have.</summary>
    [Field("required", 23, ListType = "atomic")]
    public List<string>? Required { get; set; }

    /// <summary>Schema of an array's elements; one for all of them in custom resources.</summary>
    [Field("items", 24)]
    public JSONSchemaPropsOrArray? Items { get; set; }

    /// <summary>Schemas of which every one must accept the value.</summary>
    [Field("allOf", 25, ListType = "atomic")]
    public List<JSONSchemaProps>? AllOf { get; set; }

    /// <summary>Schemas of which exactly one must accept the value.</summary>
    [Field("oneOf", 26, ListType = "atomic")]
    public List<JSONSchemaProps>? OneOf { get; set; }

    /// <summary>Schemas of which at least one must accept the value.</summary>
    [Field("anyOf", 27, ListType = "atomic")]
    public List<JSONSchemaProps>? AnyOf { get; set; }

    /// <summary>Schema that must not accept the value.</summary>
    [Field("not", 28)]
    public JSONSchemaProps? Not { get; set; }

    /// <summary>The schemas of named properties.</summary>
    [Field("properties", 29)]
    public Dictionary<string, JSONSchemaProps>? Properties { get; set; }

    /// <summary>Schema of the values of a map; cannot be combined with named properties, nor be false.</summary>
    [Field("additionalProperties", 30)]
    public JSONSchemaPropsOrBool? AdditionalProperties { get; set; }

    /// <summary>Not supported in structural schemas; refused.</summary>
    [Field("patternProperties", 31)]
    public Dictionary<string, JSONSchemaProps>? PatternProperties { get; set; }

    /// <summary>Not supported in structural schemas; refused.</summary>
    [Field("dependencies", 32)]
    public Dictionary<string, JSONSchemaPropsOrStringArray>? Dependencies { get; set; }

    /// <summary>Schema of array elements past the listed ones; not allowed in custom resources.</summary>
    [Field("additionalItems", 33)]
    public JSONSchemaPropsOrBool? AdditionalItems { get; set; }

    /// <summary>Not supported in structural schemas; refused.</summary>
    [Field("definitions", 34)]
    public Dictionary<string, JSONSchemaProps>? Definitions { get; set; }

    /// <summary>Link to further documentation of the value.</summary>
    [Field("externalDocs", 35)]
    public ExternalDocumentation? ExternalDocs { get; set; }

    /// <summary>Sample value for readers; not checked.</summary>
    [Field("example", 36)]
    public JSON? Example { get; set; }

    /// <summary>Whether null is a valid value; otherwise a null gives way to the default if there is one, and is rejected if not.</summary>
    [Field("nullable", 37)]
    public bool Nullable { get; set; }

    /// <summary>
    /// True keeps fields that the schema does not mention, here and below until a nested schema lists properties; false is not allowed.
    /// </summary>
    [Field("x-kubernetes-preserve-unknown-fields", 38)]
    public bool? XKubernetesPreserveUnknownFields { get; set; }

    /// <summary>Whether the value is a whole API object, whose apiVersion, kind and metadata are then checked too.</summary>
    [Field("x-kubernetes-embedded-resource", 39)]
    public bool XKubernetesEmbeddedResource { get; set; }

    /// <summary>Whether both integers and strings are accepted, as for ports given by number or name; type must then be empty.</summary>
    [Field("x-kubernetes-int-or-string", 40)]
    public bool XKubernetesIntOrString { get; set; }

    /// <summary>Fields that together identify an element of a list of type map; scalars that are required or defaulted.</summary>
    [Field("x-kubernetes-list-map-keys", 41, ListType = "atomic")]
    public List<string>? XKubernetesListMapKeys { get; set; }

    /// <summary>How lists are merged: atomic as a whole (default), set by value, or map by the key fields.</summary>
    [Field("x-kubernetes-list-type", 42, Pointer = true)]
    public string? XKubernetesListType { get; set; }

    /// <summary>How objects are merged: granular field by field (default) or atomic as a whole.</summary>
    [Field("x-kubernetes-map-type", 43, Pointer = true)]
    public string? XKubernetesMapType { get; set; }

    /// <summary>CEL rules the value must obey.</summary>
    [Field("x-kubernetes-validations", 44, ListType = "map", ListKeys = ["rule"], PatchStrategy = "merge", MergeKey = "rule")]
    public List<ValidationRule>? XKubernetesValidations { get; set; }
}
