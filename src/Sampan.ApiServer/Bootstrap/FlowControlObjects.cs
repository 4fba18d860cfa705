using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Registry.FlowControl;
using Sampan.Client;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>
/// Makes the flow control objects of every cluster and keeps them: the mandatory ones always, the suggested ones as long as nobody has
/// taken them over by setting their annotation to false. Upstream: pkg/registry/flowcontrol/rest and ensurer.
/// </summary>
internal sealed class FlowControlObjects(ApiClient client, TimeProvider time, ILogger logger)
{
    private const string AutoUpdate = "apf.kubernetes.io/autoupdate-spec";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await TryEnsureAsync(stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public async Task TryEnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(
                EnsureAllAsync(BootstrapPriorityLevels.Mandatory, true, SameSpec, TakeSpec, cancellationToken),
                EnsureAllAsync(BootstrapPriorityLevels.Suggested, false, SameSpec, TakeSpec, cancellationToken),
                EnsureAllAsync(BootstrapFlowSchemas.Mandatory, true, SameSpec, TakeSpec, cancellationToken),
                EnsureAllAsync(BootstrapFlowSchemas.Suggested, false, SameSpec, TakeSpec, cancellationToken));
        }
        catch (Exception failure) when (failure is StatusException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogWarning(failure, "The flow control objects are not up to date; trying again in {Period}", Period);
        }
    }

    private static bool SameSpec(PriorityLevelConfiguration stored, PriorityLevelConfiguration wanted)
    {
        if (stored.Metadata.Name != "exempt")
        {
            return stored.Spec.DeepEquals(wanted.Spec);
        }
        // How many seats exempt requests are counted for is the administrator's.
        var expected = wanted.Spec.DeepClone();
        expected.Exempt = stored.Spec.Exempt;
        return stored.Spec.DeepEquals(expected);
    }

    private static bool SameSpec(FlowSchema stored, FlowSchema wanted) => stored.Spec.DeepEquals(wanted.Spec);

    private static void TakeSpec(PriorityLevelConfiguration to, PriorityLevelConfiguration from) => to.Spec = from.Spec;

    private static void TakeSpec(FlowSchema to, FlowSchema from) => to.Spec = from.Spec;

    private Task EnsureAllAsync<T>(
        IReadOnlyList<T> wanted, bool isMandatory, Func<T, T, bool> sameSpec, Action<T, T> takeSpec, CancellationToken cancellationToken)
        where T : class, IObject<T> =>
        Task.WhenAll(wanted.Select(one => EnsureAsync(one.DeepClone(), isMandatory, sameSpec, takeSpec, cancellationToken)));

    private async Task EnsureAsync<T>(
        T wanted, bool isMandatory, Func<T, T, bool> sameSpec, Action<T, T> takeSpec, CancellationToken cancellationToken)
        where T : class, IObject<T>
    {
        var objects = client.Of<T>();
        (wanted.Metadata.Annotations ??= [])[AutoUpdate] = "true";
        try
        {
            if (await objects.FindAsync(null, wanted.Metadata.Name, cancellationToken) is not { } stored)
            {
                await objects.CreateAsync(wanted, cancellationToken);
                return;
            }
            var mayUpdate = isMandatory || stored.Metadata.Annotations.OrEmpty().GetValueOrDefault(AutoUpdate) == "true";
            if (!mayUpdate || sameSpec(stored, wanted))
            {
                return;
            }
            var changed = stored.DeepClone();
            takeSpec(changed, wanted);
            await objects.UpdateAsync(changed, cancellationToken);
        }
        catch (StatusException other) when (other.IsAlreadyExists || other.IsConflict)
        {
            // Another server was faster.
        }
    }
}
