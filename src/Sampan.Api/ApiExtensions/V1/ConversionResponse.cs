using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A conversion webhook's result.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ConversionResponse")]
public sealed partial class ConversionResponse : IApiType<ConversionResponse>
{
    /// <summary>Taken over unchanged from the request.</summary>
    [Field("uid", 1, Required = true)]
    public string Uid { get; set; } = "";

    /// <summary>The objects in the desired version, in the order of the request; left empty when the conversion failed.</summary>
    [Field("convertedObjects", 2, Required = true)]
    public List<RawExtension> ConvertedObjects { get; set; } = [];

    /// <summary>
    /// Success, or Failure with a message that is shown to the client; names and other identifying metadata must not have changed.
    /// </summary>
    [Field("result", 3, Required = true)]
    public Status Result { get; set; } = new();
}
