namespace Sampan.Api.Storage.V1;

/// <summary>Which volume goes to which node.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeAttachmentSpec")]
public sealed partial class VolumeAttachmentSpec : IApiType<VolumeAttachmentSpec>
{
    /// <summary>The CSI driver that attaches it.</summary>
    [Field("attacher", 1, Required = true)]
    public string Attacher { get; set; } = "";

    /// <summary>The volume.</summary>
    [Field("source", 2, Required = true)]
    public VolumeAttachmentSource Source { get; set; } = new();

    /// <summary>The node that it goes to.</summary>
    [Field("nodeName", 3, Required = true)]
    public string NodeName { get; set; } = "";
}
