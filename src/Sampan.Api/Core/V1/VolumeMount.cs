namespace Sampan.Api.Core.V1;

/// <summary>Where a container sees a volume.</summary>
[ApiType("io.k8s.api.core.v1.VolumeMount")]
public sealed partial class VolumeMount : IApiType<VolumeMount>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("readOnly", 2)]
    public bool ReadOnly { get; set; }

    [Field("recursiveReadOnly", 7, Pointer = true)]
    public string? RecursiveReadOnly { get; set; }

    [Field("mountPath", 3, Required = true)]
    public string MountPath { get; set; } = "";

    [Field("subPath", 4)]
    public string? SubPath { get; set; }

    [Field("mountPropagation", 5, Pointer = true)]
    public string? MountPropagation { get; set; }

    [Field("subPathExpr", 6)]
    public string? SubPathExpr { get; set; }
}
