using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.FlowControl.V1;
using Sampan.Client;

namespace Sampan.ApiServer.FlowControl;

/// <summary>Says on each FlowSchema, in its condition Dangling, whether the priority level that it names exists.</summary>
internal sealed class FlowSchemaConditions(IObjectSource objects, ApiClient client, TimeProvider time, ILogger logger)
{
    private const string Type = "Dangling";
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _changed = new(1, 1);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var schemas = objects.Subscribe<FlowSchema>((_, _) => Wake());
        using var levels = objects.Subscribe<PriorityLevelConfiguration>((_, _) => Wake());
        try
        {
            while (true)
            {
                await _changed.WaitAsync(stopping);
                if (await TryUpdateAsync(stopping)) continue;
                await Task.Delay(Retry, time, stopping);
                Wake();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Wake()
    {
        lock (_changed)
        {
            if (_changed.CurrentCount == 0) _changed.Release();
        }
    }

    private async Task<bool> TryUpdateAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var schema in objects.List<FlowSchema>().Where(schema => !IsTold(schema)).ToList())
                await client.Of<FlowSchema>().UpdateStatusAsync(Told(schema), stopping);
            return true;
        }
        catch (StatusException failure)
        {
            logger.LogDebug("The condition of a FlowSchema waits: {Problem}", failure.Message);
            return failure.IsNotFound;
        }
    }

    private bool IsTold(FlowSchema schema) =>
        schema.Status?.Conditions?.Find(condition => condition.Type == Type) is { } condition && condition.Status == StatusOf(schema);

    private string StatusOf(FlowSchema schema) => LevelExists(schema) ? "False" : "True";

    private bool LevelExists(FlowSchema schema) => objects.Get<PriorityLevelConfiguration>(null, schema.Spec.PriorityLevelConfiguration.Name) is not null;

    private FlowSchema Told(FlowSchema schema)
    {
        bool exists = LevelExists(schema);
        string level = schema.Spec.PriorityLevelConfiguration.Name;
        var told = schema.DeepClone();
        told.Status ??= new();
        told.Status.Conditions =
        [
            .. told.Status.Conditions.OrEmpty().Where(condition => condition.Type != Type),
            new()
            {
                Type = Type,
                Status = StatusOf(schema),
                LastTransitionTime = time.GetUtcNow(),
                Reason = exists ? "Found" : "NotFound",
                Message = $"This FlowSchema references the PriorityLevelConfiguration object named \"{level}\" {(exists ? "and it exists" : "but there is no such object")}",
            },
        ];
        return told;
    }
}
