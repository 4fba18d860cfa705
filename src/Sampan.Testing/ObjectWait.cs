using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.Client;

namespace Sampan.Testing;

/// <summary>Watches one object until a condition holds.</summary>
internal sealed class ObjectWait<T>(ApiClient client, string? ns, string name, Func<T?, bool> condition)
    where T : class, IObject<T>
{
    private readonly ResourceClient<T> _objects = client.Of<T>();
    private T? _last;

    public async Task<T?> RunAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            // A watch that the server has ended starts again.
            while (!await HoldsAsync(either.Token)) continue;
            return _last;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{T.Info.Kind} {ns}/{name} is not as expected after {limit.TotalSeconds:0.#} s: {Describe()}");
        }
    }

    private async Task<bool> HoldsAsync(CancellationToken cancellationToken)
    {
        var selection = new ListOptions { FieldSelector = $"metadata.name={name}" };
        var list = await _objects.ListAsync(ns, selection, cancellationToken);
        _last = list.Items.Count > 0 ? list.Items[0] : null;
        if (condition(_last)) return true;
        await foreach (var change in _objects.WatchAsync(ns, new ListOptions { FieldSelector = selection.FieldSelector, ResourceVersion = list.ResourceVersion }, cancellationToken))
        {
            _last = change.Type == WatchEventType.Deleted ? null : change.Object;
            if (condition(_last)) return true;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    private string Describe() => _last is null ? "there is none" : System.Text.Encoding.UTF8.GetString(JsonCodec.Encode(_last));
}
