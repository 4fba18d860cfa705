namespace Sampan.Kubelet.Volumes;

/// <summary>How many volumes of a kind the node's pods want, and how many of these they have.</summary>
internal sealed record VolumeCount(string Kind, int Wanted, int Mounted);
