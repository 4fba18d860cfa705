using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Namespaces;

/// <summary>Tells in the namespace's status why it is still there.</summary>
internal static class NamespaceConditions
{
    public static void Apply(NamespaceStatus status, DeletionReport report, DateTimeOffset now)
    {
        Set(status, now, "NamespaceDeletionDiscoveryFailure", report.DiscoveryFailure is not null,
            report.DiscoveryFailure is null ? "ResourcesDiscovered" : "DiscoveryFailed",
            report.DiscoveryFailure ?? "All resources successfully discovered");
        Set(status, now, "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed");
        Set(status, now, "NamespaceDeletionContentFailure", report.ContentFailures.Count > 0,
            report.ContentFailures.Count > 0 ? "ContentDeletionFailed" : "ContentDeleted",
            report.ContentFailures.Count > 0
                ? "Failed to delete all resource types, " + report.ContentFailures.Count + " remaining: " + string.Join(", ", report.ContentFailures)
                : "All content successfully deleted, may be waiting on finalization");
        var remaining = report.Remaining.Select(r => $"{r.Key} has {r.Value} resource instances");
        Set(status, now, "NamespaceContentRemaining", report.Remaining.Count > 0,
            report.Remaining.Count > 0 ? "SomeResourcesRemain" : "ContentRemoved",
            report.Remaining.Count > 0 ? "Some resources are remaining: " + string.Join(", ", remaining) : "All content successfully removed");
        var held = report.Finalizers.Select(f => $"{f.Key} in {f.Value} resource instances");
        Set(status, now, "NamespaceFinalizersRemaining", report.Finalizers.Count > 0,
            report.Finalizers.Count > 0 ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
            report.Finalizers.Count > 0 ? "Some content in the namespace has finalizers remaining: " + string.Join(", ", held) : "All content-preserving finalizers finished");
    }

    private static void Set(NamespaceStatus status, DateTimeOffset now, string type, bool value, string reason, string message)
    {
        var text = value ? "True" : "False";
        var known = status.Conditions?.Find(c => c.Type == type);
        if (known is not null && known.Status == text && known.Message == message && known.Reason == reason) return;
        var since = known?.Status == text ? known.LastTransitionTime : now;
        if (known is not null) status.Conditions!.Remove(known);
        (status.Conditions ??= []).Add(new NamespaceCondition { Type = type, Status = text, LastTransitionTime = since, Reason = reason, Message = message });
    }
}
