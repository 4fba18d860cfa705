using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Quota;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// Refuses resources that the pod's node could never give it, so that whoever asks for them learns it at once. Upstream:
/// plugin/pkg/admission/podresize.
/// </summary>
internal sealed class PodResizeValidator(IObjectSource objects) : AdmissionPlugin
{
    private const string OsLabel = "kubernetes.io/os";
    private const string Cpu = "cpu";
    private const string Memory = "memory";

    public override string Name => "PodResizeValidator";

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Update, Subresource: "resize", Object: Pod pod, OldObject: Pod old }
            && !string.IsNullOrEmpty(pod.Spec.NodeName) && pod.Metadata.Generation != old.Metadata.Generation)
        {
            var node = objects.Get<Node>(null, pod.Spec.NodeName) ?? throw request.Forbidden($"node {GoText.Quote(pod.Spec.NodeName)} not found");
            if (Unsupported(node) is { } unsupported)
            {
                throw Refusal(request, unsupported, "UnsupportedPlatform");
            }
            if (Shortages(pod, node) is { } shortages)
            {
                throw Refusal(request, shortages, "NodeCapacity");
            }
        }
        return ValueTask.CompletedTask;
    }

    private static string? Unsupported(Node node) => node.Metadata.Labels.OrEmpty().GetValueOrDefault(OsLabel) is { } os and not "linux"
        ? $"pod resize is only supported on linux nodes, node {GoText.Quote(node.Metadata.Name)} is {GoText.Quote(os)}"
        : null;

    private static string? Shortages(Pod pod, Node node)
    {
        var (requests, allocatable) = (PodTotals.Requests(pod), node.Status.Allocatable.OrEmpty());
        string?[] all = [Shortage(Cpu, amount => amount.AsMilli()), Shortage(Memory, amount => amount.AsLong())];
        var shortages = string.Join("; ", all.OfType<string>());
        return shortages.Length > 0 ? $"node didn't have enough allocatable resources: {shortages}" : null;

        string? Shortage(string resource, Func<Quantity, long> of)
        {
            var (requested, most) = (of(requests.GetValueOrDefault(resource)), of(allocatable.GetValueOrDefault(resource)));
            return requested > most ? $"{resource}, requested: {requested}, allocatable: {most}" : null;
        }
    }

    private static StatusException Refusal(AdmissionRequest request, string problem, string cause)
    {
        var refusal = request.Forbidden(problem);
        (refusal.Status.Details ??= new StatusDetails()).Causes = [new StatusCause { Reason = cause }];
        return refusal;
    }
}
