namespace Sampan.ApiServer.Apply;

/// <summary>Who writes, and which part of the object: "kubectl" to the object, "kubelet" to its status.</summary>
internal sealed record FieldOwner(string Manager, string Subresource)
{
    /// <summary>The longest name of a manager.</summary>
    public const int MaxLength = 128;
}
