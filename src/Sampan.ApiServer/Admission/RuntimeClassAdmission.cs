using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Node.V1;
using Sampan.Client.Quota;

namespace Sampan.ApiServer.Admission;

/// <summary>A pod takes the overhead, the node selector and the tolerations of its runtime class.</summary>
internal sealed class RuntimeClassAdmission(IObjectSource objects) : AdmissionPlugin
{
    public override string Name => "RuntimeClass";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (!IsNewPod(request, out var pod) || ClassOf(request, pod) is not { } runtime)
        {
            return ValueTask.CompletedTask;
        }
        if (runtime.Overhead?.PodFixed is { } overhead)
        {
            CheckOverhead(request, pod, overhead);
            pod.Spec.Overhead = new(overhead);
        }
        AddScheduling(request, pod.Spec, runtime.Scheduling);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (!IsNewPod(request, out var pod))
        {
            return ValueTask.CompletedTask;
        }
        if (ClassOf(request, pod)?.Overhead is { } overhead)
        {
            CheckOverhead(request, pod, overhead.PodFixed.OrEmpty());
        }
        else if (pod.Spec.Overhead.OrEmpty().Count > 0)
        {
            throw request.Forbidden("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
        return ValueTask.CompletedTask;
    }

    private static bool IsNewPod(AdmissionRequest request, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Pod? pod)
    {
        pod = request is { Operation: AdmissionOperation.Create, Subresource: "" } ? request.Object as Pod : null;
        return pod is not null;
    }

    private RuntimeClass? ClassOf(AdmissionRequest request, Pod pod) =>
        pod.Spec.RuntimeClassName is not { } name ? null
            : objects.Get<RuntimeClass>(null, name)
                ?? throw request.Forbidden($"pod rejected: RuntimeClass {GoText.Quote(name)} not found");

    private static void CheckOverhead(AdmissionRequest request, Pod pod, IReadOnlyDictionary<string, Quantity> overhead)
    {
        if (pod.Spec.Overhead is { } given && !ResourceLists.Same(given, overhead))
        {
            throw request.Forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
    }

    private static void AddScheduling(AdmissionRequest request, PodSpec spec, Scheduling? scheduling)
    {
        foreach (var (key, value) in (scheduling?.NodeSelector).OrEmpty())
        {
            if (spec.NodeSelector.OrEmpty().TryGetValue(key, out var stated) && stated != value)
            {
                throw request.Forbidden(
                    $"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = {stated}");
            }
            (spec.NodeSelector ??= [])[key] = value;
        }
        var own = spec.Tolerations.OrEmpty().Select(ContentOf).ToHashSet();
        foreach (var toleration in (scheduling?.Tolerations).OrEmpty().Where(one => own.Add(ContentOf(one))))
        {
            (spec.Tolerations ??= []).Add(toleration.DeepClone());
        }
    }

    private static (string?, string?, string?, string?, long?) ContentOf(Toleration one) =>
        (one.Key, one.Operator, one.Value, one.Effect, one.TolerationSeconds);
}
