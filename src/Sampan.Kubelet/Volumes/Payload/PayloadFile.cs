namespace Sampan.Kubelet.Volumes.Payload;

/// <summary>A file that a volume shows; the owner is set where only one user may read it.</summary>
internal sealed record PayloadFile(byte[] Data, int Mode, uint? User = null);
