namespace Sampan.Api.ApiRegistration.V1;

/// <summary>Where requests for one API group and version are handled, and how clients should rank it.</summary>
[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec")]
public sealed partial class APIServiceSpec : IApiType<APIServiceSpec>
{
    /// <summary>Service of the extension server that requests are passed to; absent for groups this API server handles itself.</summary>
    [Field("service", 1)]
    public ServiceReference? Service { get; set; }

    /// <summary>API group, such as metrics.k8s.io; together with the version it makes up the object's name.</summary>
    [Field("group", 2)]
    public string? Group { get; set; }

    /// <summary>API version within the group, such as v1beta1.</summary>
    [Field("version", 3)]
    public string? Version { get; set; }

    /// <summary>
    /// True accepts any certificate from the extension server, which lets others impersonate it; a CA bundle must then not be set.
    /// </summary>
    [Field("insecureSkipTLSVerify", 4)]
    public bool InsecureSkipTLSVerify { get; set; }

    /// <summary>PEM certificates the extension server's certificate is verified with; absent means the system's roots.</summary>
    [Field("caBundle", 5, ListType = "atomic")]
    public byte[]? CaBundle { get; set; }

    /// <summary>
    /// Rank of the group among all groups, 1 to 20000; the highest among its versions counts, and higher groups are preferred.
    /// </summary>
    [Field("groupPriorityMinimum", 7, Required = true)]
    public int GroupPriorityMinimum { get; set; }

    /// <summary>
    /// Rank of the version within its group, 1 to 1000, highest first; equal ones are ordered as versions, stable before beta and alpha.
    /// </summary>
    [Field("versionPriority", 8, Required = true)]
    public int VersionPriority { get; set; }
}
