using Sampan.Api.Authentication.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Admission.V1;

/// <summary>A request to the API as it is put before an admission webhook.</summary>
[ApiType("io.k8s.api.admission.v1.AdmissionRequest")]
public sealed partial class AdmissionRequest : IApiType<AdmissionRequest>
{
    /// <summary>Identifies this one call of the webhook; the answer must carry the same value.</summary>
    [Field("uid", 1, Required = true)]
    public string Uid { get; set; } = "";

    /// <summary>Group, version and kind of the object as the webhook receives it, perhaps converted from what the client sent.</summary>
    [Field("kind", 2, Required = true)]
    public KindReference Kind { get; set; } = new();

    /// <summary>Group, version and plural name of the resource as the webhook's rule matched it, such as apps/v1 deployments.</summary>
    [Field("resource", 3, Required = true)]
    public ResourceReference Resource { get; set; } = new();

    /// <summary>Subresource that is asked for, such as status or scale; empty for the resource itself.</summary>
    [Field("subResource", 4)]
    public string? SubResource { get; set; }

    /// <summary>
    /// Kind the client originally used; differs from the delivered kind when the match was made through an equivalent version.
    /// </summary>
    [Field("requestKind", 13)]
    public KindReference? RequestKind { get; set; }

    /// <summary>Resource the client originally addressed, before any conversion to the version in the webhook's rule.</summary>
    [Field("requestResource", 14)]
    public ResourceReference? RequestResource { get; set; }

    /// <summary>Subresource the client originally addressed; empty when it addressed the resource itself.</summary>
    [Field("requestSubResource", 15)]
    public string? RequestSubResource { get; set; }

    /// <summary>Name in the request's path; empty on a create that leaves the naming to the server and on collection deletes.</summary>
    [Field("name", 5)]
    public string? Name { get; set; }

    /// <summary>Namespace the request is made in; empty for cluster-wide resources.</summary>
    [Field("namespace", 6)]
    public string? Namespace { get; set; }

    /// <summary>What is done: CREATE, UPDATE, DELETE or CONNECT; can differ from the HTTP method, as a patch may create.</summary>
    [Field("operation", 7, Required = true)]
    public string Operation { get; set; } = "";

    /// <summary>Who made the request, as authentication established it.</summary>
    [Field("userInfo", 8, Required = true)]
    public UserInfo UserInfo { get; set; } = new();

    /// <summary>The object as it would be stored; null on DELETE, the options of the call on CONNECT.</summary>
    [Field("object", 9)]
    public RawExtension Object { get; set; }

    /// <summary>The object as stored now; only given for UPDATE and DELETE.</summary>
    [Field("oldObject", 10)]
    public RawExtension OldObject { get; set; }

    /// <summary>True when nothing will be stored, in which case the webhook must not change anything elsewhere.</summary>
    [Field("dryRun", 11)]
    public bool? DryRun { get; set; }

    /// <summary>Options of the operation, a CreateOptions, UpdateOptions, PatchOptions or DeleteOptions.</summary>
    [Field("options", 12)]
    public RawExtension Options { get; set; }
}
