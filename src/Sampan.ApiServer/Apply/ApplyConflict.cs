using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Apply;

/// <summary>The fields that an apply wants to change and another manager owns.</summary>
internal sealed record ApplyConflict(ManagedEntry Manager, FieldSet Fields)
{
    public static StatusException ToStatus(IReadOnlyList<ApplyConflict> conflicts)
    {
        var all = conflicts.OrderBy(conflict => conflict.ManagerText(), StringComparer.Ordinal)
            .SelectMany(conflict => conflict.Fields.Paths().Select(path => (Manager: conflict.ManagerText(), Path: path))).ToList();
        return new StatusException(new Status
        {
            StatusValue = "Failure",
            Code = 409,
            Reason = "Conflict",
            Message = Message(all),
            Details = new StatusDetails
            {
                Causes = [.. all.Select(one => new StatusCause { Reason = "FieldManagerConflict", Message = $"conflict with {one.Manager}", Field = one.Path })],
            },
        });
    }

    private static string Message(List<(string Manager, string Path)> all)
    {
        if (all is [var only])
        {
            return $"Apply failed with 1 conflict: conflict with {only.Manager}: {only.Path}";
        }
        var lines = all.GroupBy(one => one.Manager).SelectMany(group => group.Select(one => $"- {one.Path}").Prepend($"conflicts with {group.Key}:"));
        return $"Apply failed with {all.Count} conflicts: {string.Join('\n', lines)}";
    }

    private string ManagerText()
    {
        var name = JsonTexts.Quoted(Manager.Manager) + (Manager.Subresource.Length > 0 ? $" with subresource {JsonTexts.Quoted(Manager.Subresource)}" : "");
        return Manager.IsApplied ? name : $"{name} using {Manager.ApiVersion}";
    }
}
