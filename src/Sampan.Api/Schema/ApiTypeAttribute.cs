namespace Sampan.Api;

/// <summary>A type of the object model, by its name in OpenAPI. The generator gives it codecs, clone, equality and a schema.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ApiTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>"atomic" when server-side apply treats the whole object as one value.</summary>
    public string? MapType { get; set; }

    /// <summary>OpenAPI's x-kubernetes-unions, as JSON.</summary>
    public string? Unions { get; set; }
}
