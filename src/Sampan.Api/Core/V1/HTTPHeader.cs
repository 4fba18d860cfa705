namespace Sampan.Api.Core.V1;

/// <summary>A header of an HTTP probe's request.</summary>
[ApiType("io.k8s.api.core.v1.HTTPHeader")]
public sealed partial class HTTPHeader : IApiType<HTTPHeader>
{
    /// <summary>Which header it is; the case does not matter.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Text to send in the header.</summary>
    [Field("value", 2, Required = true)]
    public string Value { get; set; } = "";
}
