namespace Sampan.Api.Networking.V1;

/// <summary>The controller of a class and its settings.</summary>
[ApiType("io.k8s.api.networking.v1.IngressClassSpec")]
public sealed partial class IngressClassSpec : IApiType<IngressClassSpec>
{
    /// <summary>Which controller serves the class, as a name with a domain, such as example.com/ingress; immutable.</summary>
    [Field("controller", 1)]
    public string? Controller { get; set; }

    /// <summary>An object with settings for the controller.</summary>
    [Field("parameters", 2)]
    public IngressClassParametersReference? Parameters { get; set; }
}
