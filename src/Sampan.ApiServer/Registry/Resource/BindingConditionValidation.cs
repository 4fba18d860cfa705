using Sampan.Api;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Checks of the conditions that must hold, and those that must not, before a pod is bound to a device's node.</summary>
internal static class BindingConditionValidation
{
    private const int Max = 4;

    public static void Validate(List<string>? conditions, List<string>? failures, FieldPath path, FieldErrors errors)
    {
        var (good, bad) = (path.Child("bindingConditions"), path.Child("bindingFailureConditions"));
        DeviceChecks.Each(conditions, Max, good, errors, (name, at) => errors.Invalid(at, name, Names.IsQualifiedName(name)));
        DeviceChecks.Each(failures, Max, bad, errors, (name, at) => errors.Invalid(at, name, Names.IsQualifiedName(name)));
        var (known, failed) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (index, name) in conditions.OrEmpty().Index().Where(one => !known.Add(one.Item)))
        {
            errors.Duplicate(good.Index(index), name);
        }
        foreach (var (index, name) in failures.OrEmpty().Index())
        {
            if (!failed.Add(name))
            {
                errors.Duplicate(bad.Index(index), name);
            }
            if (known.Contains(name))
            {
                errors.Invalid(bad.Index(index), name, "bindingFailureConditions must not overlap with bindingConditions");
            }
        }
        if (conditions.OrEmpty().Count == 0 && failures.OrEmpty().Count > 0)
        {
            errors.Invalid(good, conditions, "bindingConditions are required to use bindingFailureConditions");
        }
        if (failures.OrEmpty().Count == 0 && conditions.OrEmpty().Count > 0)
        {
            errors.Invalid(bad, failures, "bindingFailureConditions are required to use bindingConditions");
        }
    }
}
