namespace Sampan.Scheduler.Framework;

/// <summary>
/// What a plugin's answer for a node depends on. Equal pods share the answers of scope <see cref="Node"/> until that node,
/// or a pod on it, changes.
/// </summary>
public enum PluginScope
{
    /// <summary>On anything: other nodes, volumes, the outside. Asked for each pod and each node anew.</summary>
    Cluster,

    /// <summary>On nothing but the node with the pods on it, and the pod's namespace, labels, owner and spec.</summary>
    Node,
}
