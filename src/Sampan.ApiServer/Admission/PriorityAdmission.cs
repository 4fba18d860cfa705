using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Scheduling.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>Resolves a pod's priority class into its number, and keeps one class at most the default.</summary>
internal sealed class PriorityAdmission(IObjectSource objects) : AdmissionPlugin
{
    public override string Name => "Priority";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (!request.Is("", "pods") || request.Object is not Pod pod)
        {
            return ValueTask.CompletedTask;
        }
        if (request is { Operation: AdmissionOperation.Update, OldObject: Pod old })
        {
            // A client that does not know the fields must not lose them.
            pod.Spec.Priority ??= old.Spec.Priority;
            pod.Spec.PreemptionPolicy ??= old.Spec.PreemptionPolicy;
        }
        else if (request.Operation == AdmissionOperation.Create)
        {
            Resolve(request, pod);
        }
        return ValueTask.CompletedTask;
    }

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request.Is("scheduling.k8s.io", "priorityclasses") && request.Object is PriorityClass { GlobalDefault: true } one
            && objects.List<PriorityClass>().FirstOrDefault(other => other.GlobalDefault && other.Metadata.Name != one.Metadata.Name) is { } other)
        {
            throw request.Forbidden(
                $"PriorityClass {other.Metadata.Name} is already marked as default. Only one default can exist");
        }
        return ValueTask.CompletedTask;
    }

    private void Resolve(AdmissionRequest request, Pod pod)
    {
        var (value, policy) = (0, "PreemptLowerPriority");
        if (string.IsNullOrEmpty(pod.Spec.PriorityClassName))
        {
            if (DefaultClass() is { } global)
            {
                (pod.Spec.PriorityClassName, value, policy) = (global.Metadata.Name, global.Value, global.PreemptionPolicy ?? policy);
            }
        }
        else if (objects.Get<PriorityClass>(null, pod.Spec.PriorityClassName) is { } named)
        {
            (value, policy) = (named.Value, named.PreemptionPolicy ?? policy);
        }
        else
        {
            throw request.Forbidden($"no PriorityClass with name {pod.Spec.PriorityClassName} was found");
        }
        if (pod.Spec.Priority is { } given && given != value)
        {
            throw request.Forbidden(
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {value} from the given PriorityClass name");
        }
        pod.Spec.Priority = value;
        if (pod.Spec.PreemptionPolicy is { } asked && asked != policy)
        {
            throw request.Forbidden(
                $"the string value of PreemptionPolicy ({asked}) must not be provided in pod spec; priority admission controller computed {policy} from the given PriorityClass name");
        }
        pod.Spec.PreemptionPolicy = policy;
    }

    /// <summary>The lowest of several defaults, which a race may have made.</summary>
    private PriorityClass? DefaultClass() => objects.List<PriorityClass>().Where(one => one.GlobalDefault).MinBy(one => one.Value);
}
