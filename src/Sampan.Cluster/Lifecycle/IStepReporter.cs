namespace Sampan.Cluster.Lifecycle;

/// <summary>Shows the steps of a longer action to the person who waits: each with what it did and how long it took.</summary>
public interface IStepReporter
{
    /// <summary>
    /// Runs one step. Its result is a few words shown behind the name ("2 installed"), or null.
    /// A step that throws is shown as failed, and the exception goes on.
    /// </summary>
    Task RunAsync(string name, Func<CancellationToken, Task<string?>> step, CancellationToken ct);
}
