using Sampan.Client.Controllers;

namespace Sampan.ControllerManager.Protection;

/// <summary>Puts a finalizer on objects while they live and takes it off once they are to go and nobody uses them.</summary>
internal sealed class FinalizerGuard<T>(string finalizer, OwnWrites<T> writes)
    where T : class, IObject<T>
{
    public async Task RunAsync(T obj, Func<Task<bool>> isInUse, CancellationToken cancellationToken)
    {
        var has = obj.Metadata.Finalizers.OrEmpty().Contains(finalizer);
        if (obj.Metadata.DeletionTimestamp is null)
        {
            if (!has) await WriteAsync(obj, f => f.Add(finalizer), cancellationToken);
        }
        else if (has && !await isInUse())
        {
            await WriteAsync(obj, f => f.Remove(finalizer), cancellationToken);
        }
    }

    private async Task WriteAsync(T obj, Action<List<string>> change, CancellationToken cancellationToken)
    {
        var copy = obj.DeepClone();
        change(copy.Metadata.Finalizers ??= []);
        try
        {
            await writes.UpdateAsync(copy, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
        }
    }
}
