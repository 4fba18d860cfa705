namespace Sampan.Client;

/// <summary>A part of a process with a life: started in order, waited for, stopped in reverse order.</summary>
public interface IComponent
{
    string Name { get; }

    /// <summary>Starts the component; returns once it runs, not necessarily once it is ready.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Completes when the component does its work; faults when it never will.</summary>
    Task ReadyAsync(CancellationToken cancellationToken);

    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>How long stopping may take before it is given up.</summary>
    TimeSpan StopLimit => TimeSpan.FromSeconds(10);

    /// <summary>Faults when the component can't go on by itself, e.g. since it lost its lease; the process should end then.</summary>
    Task Completion => Never;

    private static Task Never { get; } = new TaskCompletionSource().Task;
}
