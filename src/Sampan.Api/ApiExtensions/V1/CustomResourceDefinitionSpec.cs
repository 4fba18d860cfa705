namespace Sampan.Api.ApiExtensions.V1;

/// <summary>Definition of a custom resource.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec")]
public sealed partial class CustomResourceDefinitionSpec : IApiType<CustomResourceDefinitionSpec>
{
    /// <summary>API group the resource is served in, such as stable.example.com; immutable.</summary>
    [Field("group", 1, Required = true)]
    public string Group { get; set; } = "";

    /// <summary>Plural, kind and further names of the resource.</summary>
    [Field("names", 3, Required = true)]
    public CustomResourceDefinitionNames Names { get; set; } = new();

    /// <summary>Namespaced or Cluster: whether objects live in a namespace; fixed once the resource is established.</summary>
    [Field("scope", 4, Required = true)]
    public string Scope { get; set; } = "";

    /// <summary>The resource's versions with their schemas; exactly one of them is the one stored.</summary>
    [Field("versions", 7, Required = true, ListType = "atomic")]
    public List<CustomResourceDefinitionVersion> Versions { get; set; } = [];

    /// <summary>How objects are converted between versions; without it only their apiVersion changes.</summary>
    [Field("conversion", 9)]
    public CustomResourceConversion? Conversion { get; set; }

    /// <summary>Leftover from v1beta1, must be false; use x-kubernetes-preserve-unknown-fields in the schema instead.</summary>
    [Field("preserveUnknownFields", 10)]
    public bool PreserveUnknownFields { get; set; }
}
