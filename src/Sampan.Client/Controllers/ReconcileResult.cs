namespace Sampan.Client.Controllers;

/// <summary>What a reconcile asks for: nothing more, or to be called again after a while.</summary>
public readonly record struct ReconcileResult(TimeSpan? After)
{
    public static readonly ReconcileResult Done;

    public static ReconcileResult RequeueAfter(TimeSpan delay) => new(delay);

    /// <summary>The earlier of two wishes.</summary>
    public ReconcileResult Or(ReconcileResult other) => (After, other.After) switch
    {
        ({ } a, { } b) => new(a < b ? a : b),
        (null, var b) => new(b),
        var (a, _) => new(a),
    };
}
