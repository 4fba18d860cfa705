namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>A CEL test that narrows down which of the otherwise matching requests are handled.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MatchCondition")]
public sealed partial class MatchCondition : IApiType<MatchCondition>
{
    /// <summary>
    /// Qualified name for logs and metrics, unique in its list; may carry a DNS prefix, as in example.com/exclude-leases.
    /// </summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>CEL expression that must give true for the request to be handled; sees object, oldObject, request and authorizer.</summary>
    [Field("expression", 2, Required = true)]
    public string Expression { get; set; } = "";
}
