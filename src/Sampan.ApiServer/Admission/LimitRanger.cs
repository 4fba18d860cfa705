using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Quota;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// Fills in what the namespace's limit ranges say of containers that state nothing, and refuses pods and claims outside of them.
/// Upstream: plugin/pkg/admission/limitranger.
/// </summary>
internal sealed class LimitRanger(IObjectSource objects) : AdmissionPlugin
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    public override string Name => "LimitRanger";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Create, Subresource: "", Object: Pod pod })
        {
            foreach (var range in objects.List<LimitRange>(request.Namespace))
            {
                Fill(pod, range);
            }
        }
        return ValueTask.CompletedTask;
    }

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (!IsChecked(request))
        {
            return ValueTask.CompletedTask;
        }
        foreach (var range in objects.List<LimitRange>(request.Namespace))
        {
            var complaints = request.Object is Pod pod ? OfPod(pod, range) : OfClaim((PersistentVolumeClaim)request.Object!, range);
            if (complaints.Count > 0)
            {
                throw request.Forbidden(complaints.Count == 1 ? complaints[0] : $"[{string.Join(", ", complaints)}]");
            }
        }
        return ValueTask.CompletedTask;
    }

    private static bool IsChecked(AdmissionRequest request) =>
        request.OldObject?.Metadata.DeletionTimestamp is null
        && (request.Operation, request.Subresource, request.Object) is
            (AdmissionOperation.Create, "", Pod) or (AdmissionOperation.Update, "resize", Pod)
            or (AdmissionOperation.Create or AdmissionOperation.Update, "", PersistentVolumeClaim);

    private static void Fill(Pod pod, LimitRange range)
    {
        var items = range.Spec.Limits.Where(item => item.Type == "Container").ToList();
        List<string> set =
        [
            .. pod.Spec.Containers.SelectMany(container => Fill(container, "container", items)),
            .. pod.Spec.InitContainers.OrEmpty().SelectMany(container => Fill(container, "init container", items)),
        ];
        if (set.Count > 0)
        {
            (pod.Metadata.Annotations ??= [])[Annotation] = $"LimitRanger plugin set: {string.Join("; ", set)}";
        }
    }

    private static IEnumerable<string> Fill(Container container, string what, List<LimitRangeItem> items)
    {
        var requests = Fill(container.Resources.Requests ??= [], items.Select(item => item.DefaultRequest));
        var limits = Fill(container.Resources.Limits ??= [], items.Select(item => item.Default));
        if (requests.Count > 0)
        {
            yield return $"{string.Join(", ", requests)} request for {what} {container.Name}";
        }
        if (limits.Count > 0)
        {
            yield return $"{string.Join(", ", limits)} limit for {what} {container.Name}";
        }
    }

    private static List<string> Fill(Dictionary<string, Quantity> stated, IEnumerable<Dictionary<string, Quantity>?> defaults)
    {
        var wanted = new Dictionary<string, Quantity>();
        foreach (var (name, amount) in defaults.SelectMany(one => one.OrEmpty()))
        {
            wanted[name] = amount;
        }
        var missing = wanted.Keys.Where(name => !stated.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        missing.ForEach(name => stated[name] = wanted[name]);
        return missing;
    }

    private static List<string> OfPod(Pod pod, LimitRange range)
    {
        var complaints = new List<string>();
        foreach (var item in range.Spec.Limits)
        {
            if (item.Type == "Container")
            {
                foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()))
                {
                    complaints.AddRange(LimitChecks.All(item, container.Resources.Requests.OrEmpty(), container.Resources.Limits.OrEmpty()));
                }
            }
            else if (item.Type == "Pod")
            {
                complaints.AddRange(LimitChecks.All(item, PodTotals.Requests(pod, useStatus: true), PodTotals.Limits(pod, useStatus: true)));
            }
        }
        return complaints;
    }

    private static List<string> OfClaim(PersistentVolumeClaim claim, LimitRange range) =>
    [
        .. range.Spec.Limits.Where(item => item.Type == "PersistentVolumeClaim")
            .SelectMany(item => LimitChecks.OfRequests(item, claim.Spec.Resources.Requests.OrEmpty())),
    ];
}
