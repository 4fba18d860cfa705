namespace Sampan.Api.ApiRegistration.V1;

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec")]
public sealed partial class APIServiceSpec : IApiType<APIServiceSpec>
{
    [Field("service", 1)]
    public ServiceReference? Service { get; set; }

    [Field("group", 2)]
    public string? Group { get; set; }

    [Field("version", 3)]
    public string? Version { get; set; }

    [Field("insecureSkipTLSVerify", 4)]
    public bool InsecureSkipTLSVerify { get; set; }

    [Field("caBundle", 5, ListType = "atomic")]
    public byte[]? CaBundle { get; set; }

    [Field("groupPriorityMinimum", 7, Required = true)]
    public int GroupPriorityMinimum { get; set; }

    [Field("versionPriority", 8, Required = true)]
    public int VersionPriority { get; set; }
}
