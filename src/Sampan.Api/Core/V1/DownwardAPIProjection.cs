namespace Sampan.Api.Core.V1;

/// <summary>Facts about the pod and its containers as files of a projected volume.</summary>
[ApiType("io.k8s.api.core.v1.DownwardAPIProjection")]
public sealed partial class DownwardAPIProjection : IApiType<DownwardAPIProjection>
{
    /// <summary>The files, each with the field of the pod that it shows.</summary>
    [Field("items", 1, ListType = "atomic")]
    public List<DownwardAPIVolumeFile>? Items { get; set; }
}
