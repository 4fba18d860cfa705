namespace Sampan.Client.Informers;

/// <summary>The part of an informer that does not depend on the type it holds.</summary>
public interface IInformer
{
    GroupVersionResource Resource { get; }

    bool HasSynced { get; }

    /// <summary>Everything up to this revision is in the snapshot.</summary>
    string LastResourceVersion { get; }

    Task WaitForSyncAsync(CancellationToken cancellationToken);

    /// <summary>Lists and watches until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
