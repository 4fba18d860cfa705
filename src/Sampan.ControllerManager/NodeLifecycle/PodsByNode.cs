using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>An index of pods by the node that they are bound to.</summary>
internal static class PodsByNode
{
    private const string Name = "node";

    public static void AddTo(Informer<Pod> pods) =>
        pods.AddIndex(Name, p => string.IsNullOrEmpty(p.Spec.NodeName) ? [] : [p.Spec.NodeName]);

    public static IEnumerable<Pod> Of(Informer<Pod> pods, string node) => pods.ByIndex(Name, node);
}
