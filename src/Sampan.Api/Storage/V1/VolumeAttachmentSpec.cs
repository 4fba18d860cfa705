namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentSpec")]
public sealed partial class VolumeAttachmentSpec : IApiType<VolumeAttachmentSpec>
{
    [Field("attacher", 1, Required = true)]
    public string Attacher { get; set; } = "";

    [Field("source", 2, Required = true)]
    public VolumeAttachmentSource Source { get; set; } = new();

    [Field("nodeName", 3, Required = true)]
    public string NodeName { get; set; } = "";
}
