namespace Sampan.Scheduler.Framework;

/// <summary>What a plugin says of a pod, or of a pod on a node. The default value is success.</summary>
public readonly record struct PluginStatus(Code Code, IReadOnlyList<string>? Reasons)
{
    public static PluginStatus Success => default;

    /// <summary>The plugin has nothing to say about this pod and is left out of the rest of the cycle.</summary>
    public static PluginStatus Skip => new(Code.Skip, null);

    /// <summary>The pod waits for someone to allow or reject it (see <see cref="IPermitPlugin"/>).</summary>
    public static PluginStatus Wait => new(Code.Wait, null);

    public bool IsSuccess => Code == Code.Success;

    public string Message => string.Join(", ", Reasons ?? []);

    /// <summary>It does not fit now; evicting pods might change that.</summary>
    public static PluginStatus Unschedulable(params string[] reasons) => new(Code.Unschedulable, reasons);

    /// <summary>It does not fit, and evicting pods would not help.</summary>
    public static PluginStatus Unresolvable(params string[] reasons) => new(Code.UnschedulableAndUnresolvable, reasons);

    public static PluginStatus Error(string reason) => new(Code.Error, [reason]);
}
