namespace Sampan.Api;

/// <summary>A type that stands alone, with apiVersion and kind; with a plural when it is served as a resource.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KindAttribute(string group, string version) : Attribute
{
    /// <summary>The API group, "" for core.</summary>
    public string Group { get; } = group;

    public string Version { get; } = version;

    public string? Plural { get; set; }

    public string? Singular { get; set; }

    public bool Namespaced { get; set; }

    public string[] ShortNames { get; set; } = [];

    public string[] Categories { get; set; } = [];

    public string[] Verbs { get; set; } = [];
}
