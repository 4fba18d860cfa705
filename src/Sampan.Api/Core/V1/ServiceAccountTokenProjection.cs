namespace Sampan.Api.Core.V1;

/// <summary>Writes a token of the pod's service account into a projected volume, and renews it.</summary>
[ApiType("io.k8s.api.core.v1.ServiceAccountTokenProjection")]
public sealed partial class ServiceAccountTokenProjection : IApiType<ServiceAccountTokenProjection>
{
    /// <summary>Who the token is for; a recipient must refuse tokens for others. The API server when absent.</summary>
    [Field("audience", 1)]
    public string? Audience { get; set; }

    /// <summary>Validity of the token in seconds, at least 600; 3600 by default. It is renewed well before the end.</summary>
    [Field("expirationSeconds", 2)]
    public long? ExpirationSeconds { get; set; }

    /// <summary>File for the token, relative to the volume.</summary>
    [Field("path", 3, Required = true)]
    public string Path { get; set; } = "";
}
