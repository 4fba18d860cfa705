using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Resize;

/// <summary>What keeps a node from giving pods other resources while they run.</summary>
/// <param name="HasOwnCpus">Guaranteed pods have processors of their own.</param>
/// <param name="HasOwnMemory">Guaranteed pods have memory of their own.</param>
/// <param name="MaySwap">Whether a container of a pod may swap, which depends on what it asks for.</param>
internal sealed record ResizeRules(bool HasOwnCpus, bool HasOwnMemory, Func<Pod, Container, bool> MaySwap)
{
    public static readonly ResizeRules None = new(false, false, (_, _) => false);
}
