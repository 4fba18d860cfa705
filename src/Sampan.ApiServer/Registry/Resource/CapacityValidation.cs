using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Checks of a device's capacity and of how much of it a request may take.</summary>
internal static class CapacityValidation
{
    private const int MaxOptions = 10;

    public static void Validate(DeviceCapacity capacity, bool isShared, FieldPath path, FieldErrors errors)
    {
        if (capacity.RequestPolicy is not { } policy)
        {
            return;
        }
        path = path.Child("requestPolicy");
        if (!isShared)
        {
            errors.Forbidden(path, "allowMultipleAllocations must be true");
        }
        else if (policy.ValidValues.OrEmpty().Count > 0 && policy.ValidRange is not null)
        {
            errors.Forbidden(path, "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same time");
        }
        else if (policy.ValidValues.OrEmpty().Count > 0)
        {
            WithDefault(policy, "validValues", path, errors, given => Values(given, capacity.Value, policy.ValidValues!, path.Child("validValues"), errors));
        }
        else if (policy.ValidRange is { } range)
        {
            WithDefault(policy, "validRange", path, errors, given => Range(given, capacity.Value, range, path.Child("validRange"), errors));
        }
    }

    private static void WithDefault(CapacityRequestPolicy policy, string field, FieldPath path, FieldErrors errors, Action<Quantity> check)
    {
        if (policy.Default is { } given)
        {
            check(given);
        }
        else
        {
            errors.Required(path.Child("default"), $"required when {field} is defined");
        }
    }

    private static void Values(Quantity given, Quantity capacity, List<Quantity> values, FieldPath path, FieldErrors errors)
    {
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i - 1] > values[i])
            {
                errors.Invalid(path.Index(i), values[i].ToString(), "values must be sorted in ascending order");
            }
        }
        DeviceChecks.EachOnce(values, MaxOptions, path, errors, (value, at) =>
        {
            if (value > capacity)
            {
                errors.Invalid(at, value.ToString(), $"option is larger than capacity value: {capacity}");
            }
        }, value => value);
        if (!values.Contains(given))
        {
            errors.Invalid(path, given.ToString(), "default value is not valid according to the requestPolicy");
        }
    }

    private static void Range(Quantity given, Quantity capacity, CapacityRequestPolicyRange range, FieldPath path, FieldErrors errors)
    {
        if (range.Min is not { } min)
        {
            errors.Required(path.Child("min"), "required when validRange is defined");
            return;
        }
        if (min > capacity)
        {
            errors.Invalid(path.Child("min"), min.ToString(), $"min is larger than capacity value: {capacity}");
        }
        if (given < min)
        {
            errors.Invalid(path.Child("min"), given.ToString(), $"default is less than min: {min}");
        }
        if (range.Max is { } max)
        {
            Below(given, min, max, capacity, path, errors);
        }
        if (range.Step is { } step)
        {
            Steps(given, capacity, min, range.Max, step, path.Child("step"), errors);
        }
    }

    private static void Below(Quantity given, Quantity min, Quantity max, Quantity capacity, FieldPath path, FieldErrors errors)
    {
        if (min > max)
        {
            errors.Invalid(path.Child("max"), min.ToString(), $"min is larger than max: {max}");
        }
        if (max > capacity)
        {
            errors.Invalid(path.Child("max"), max.ToString(), $"max is larger than capacity value: {capacity}");
        }
        if (given > max)
        {
            errors.Invalid(path.Child("max"), given.ToString(), $"default is more than max: {max}");
        }
    }

    private static void Steps(Quantity given, Quantity capacity, Quantity min, Quantity? max, Quantity step, FieldPath path, FieldErrors errors)
    {
        if (step.Sign <= 0)
        {
            errors.Invalid(path, step.ToString(), "must be greater than zero");
            return;
        }
        if (min + step > capacity)
        {
            errors.Invalid(path, step.ToString(), $"one step {min + step} is larger than capacity value: {capacity}");
        }
        Fits(given);
        if (max is { } most)
        {
            Fits(most);
        }

        void Fits(Quantity value)
        {
            if ((value.AsLong() - min.AsLong()) % Math.Max(1, step.AsLong()) != 0)
            {
                errors.Invalid(path, value.ToString(), $"value is not a multiple of a given step ({step}) from ({min})");
            }
        }
    }
}
