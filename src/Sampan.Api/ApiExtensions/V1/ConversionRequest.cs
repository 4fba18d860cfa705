namespace Sampan.Api.ApiExtensions.V1;

/// <summary>Custom objects that a webhook is asked to bring to another version.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionRequest")]
public sealed partial class ConversionRequest : IApiType<ConversionRequest>
{
    /// <summary>Identifies this call; to be copied into the answer.</summary>
    [Field("uid", 1, Required = true)]
    public string Uid { get; set; } = "";

    /// <summary>Group and version to convert to, such as stable.example.com/v1.</summary>
    [Field("desiredAPIVersion", 2, Required = true)]
    public string DesiredAPIVersion { get; set; } = "";

    /// <summary>The custom objects to convert, possibly of mixed versions; may contain lists.</summary>
    [Field("objects", 3, Required = true)]
    public List<RawExtension> Objects { get; set; } = [];
}
