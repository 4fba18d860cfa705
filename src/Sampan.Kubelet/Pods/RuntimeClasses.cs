using Sampan.Api.Core.V1;
using Sampan.Api.Node.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>The handler of the container runtime that a pod's RuntimeClass stands for.</summary>
internal sealed class RuntimeClasses(Func<string, RuntimeClass?> find)
{
    /// <summary>The runtime's default handler for a pod without a class.</summary>
    /// <exception cref="StartFailure">There is no such class.</exception>
    public string HandlerOf(Pod pod) => pod.Spec.RuntimeClassName is not { Length: > 0 } name
        ? ""
        : find(name)?.Handler ?? throw new StartFailure("CreatePodSandboxError", $"failed to get sandbox runtime: RuntimeClass \"{name}\" not found");
}
