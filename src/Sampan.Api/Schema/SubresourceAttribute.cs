namespace Sampan.Api;

/// <summary>A subresource of a kind; its body is the kind itself unless another group, version or kind is named.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SubresourceAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public string? Group { get; set; }

    public string? Version { get; set; }

    public string? Kind { get; set; }

    public string[] Verbs { get; set; } = [];
}
