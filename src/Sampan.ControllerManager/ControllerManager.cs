namespace Sampan.ControllerManager;

/// <summary>All controllers in one process, as upstream's kube-controller-manager runs them.</summary>
public sealed class ControllerManager(ControllerManagerOptions options) : ControllerProcess("kube-controller-manager", options)
{
    public static IEnumerable<string> KnownControllers => ControllerSet.Names;

    private protected override List<IComponent> Create(ControllerContext context) => ControllerSet.Create(context, options);
}
