using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of limit ranges: their amounts must leave room for each other.</summary>
internal static class LimitRangeValidation
{
    public static void Validate(LimitRange range, FieldErrors errors)
    {
        var types = new HashSet<string>();
        foreach (var (index, item) in range.Spec.Limits.Index())
        {
            var path = FieldPath.Of("spec").Child("limits").Index(index);
            ValidateType(item.Type, path.Child("type"), errors);
            if (!types.Add(item.Type))
            {
                errors.Duplicate(path.Child("type"), item.Type);
            }
            ValidateNames(item, path, errors);
            foreach (var name in NamesOf(item).Distinct())
            {
                Compare(item, name, path, errors);
            }
        }
    }

    private static void ValidateType(string type, FieldPath path, FieldErrors errors)
    {
        var complaints = Names.IsQualifiedName(type);
        errors.Invalid(path, type, complaints);
        if (complaints.Count == 0 && !type.Contains('/', StringComparison.Ordinal) && type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
        {
            errors.Invalid(path, type, "must be a standard limit type or fully qualified");
        }
    }

    private static void ValidateNames(LimitRangeItem item, FieldPath path, FieldErrors errors)
    {
        Check(item.Max, "max");
        Check(item.Min, "min");
        if (item.Type == "Pod")
        {
            Forbid(item.Default, "default");
            Forbid(item.DefaultRequest, "defaultRequest");
        }
        else
        {
            Check(item.Default, "default");
            Check(item.DefaultRequest, "defaultRequest");
        }
        if (item.Type == "PersistentVolumeClaim" && !item.Min.OrEmpty().ContainsKey("storage") && !item.Max.OrEmpty().ContainsKey("storage"))
        {
            errors.Required(path.Child("limits"), "either minimum or maximum storage value is required, but neither was provided");
        }
        Check(item.MaxLimitRequestRatio, "maxLimitRequestRatio");

        void Check(Dictionary<string, Quantity>? amounts, string field)
        {
            foreach (var name in amounts.OrEmpty().Keys)
            {
                var at = path.Child(field).Key(name);
                if (item.Type is "Pod" or "Container")
                {
                    ResourceValidation.ContainerName(name, at, errors);
                }
                else
                {
                    ResourceValidation.AnyName(name, at, errors);
                }
            }
        }

        void Forbid(Dictionary<string, Quantity>? amounts, string field)
        {
            if (amounts.OrEmpty().Count > 0)
            {
                errors.Forbidden(path.Child(field), "may not be specified when `type` is 'Pod'");
            }
        }
    }

    private static IEnumerable<string> NamesOf(LimitRangeItem item) =>
        new[] { item.Max, item.Min, Defaults(item), DefaultRequests(item), item.MaxLimitRequestRatio }.SelectMany(one => one.OrEmpty().Keys);

    private static Dictionary<string, Quantity>? Defaults(LimitRangeItem item) => item.Type == "Pod" ? null : item.Default;

    private static Dictionary<string, Quantity>? DefaultRequests(LimitRangeItem item) => item.Type == "Pod" ? null : item.DefaultRequest;

    private static void Compare(LimitRangeItem item, string name, FieldPath path, FieldErrors errors)
    {
        var (min, max) = (Of(item.Min), Of(item.Max));
        var (limit, request) = (Of(Defaults(item)), Of(DefaultRequests(item)));
        Ordered(min, max, "min", min, "min value {0} is greater than max value {1}");
        Ordered(min, request, "defaultRequest", request, "min value {0} is greater than default request value {1}");
        Ordered(request, max, "defaultRequest", request, "default request value {0} is greater than max value {1}");
        Ordered(request, limit, "defaultRequest", request, "default request value {0} is greater than default limit value {1}");
        Ordered(min, limit, "default", min, "min value {0} is greater than default value {1}");
        Ordered(limit, max, "default", max, "default value {0} is greater than max value {1}");
        Ratio(Of(item.MaxLimitRequestRatio), min, max, path.Child("maxLimitRequestRatio").Key(name), errors);
        if (!ResourceNames.MayOvercommit(name) && limit is { } most && request is { } least && most != least)
        {
            errors.Invalid(
                path.Child("defaultRequest").Key(name), least, $"default value {most} must equal to defaultRequest value {least} in {name}");
        }

        Quantity? Of(Dictionary<string, Quantity>? amounts) => amounts.OrEmpty().TryGetValue(name, out var amount) ? amount : null;

        void Ordered(Quantity? low, Quantity? high, string field, Quantity? shown, string detail)
        {
            if (low > high)
            {
                errors.Invalid(path.Child(field).Key(name), shown, string.Format(CultureInfo.InvariantCulture, detail, low, high));
            }
        }
    }

    private static void Ratio(Quantity? ratio, Quantity? min, Quantity? max, FieldPath path, FieldErrors errors)
    {
        if (ratio is not { } given)
        {
            return;
        }
        if (given < new Quantity(1))
        {
            errors.Invalid(path, given, $"ratio {given} is less than 1");
        }
        if (min is { } low && max is { } high && given.AsDouble() > high.AsDouble() / low.AsDouble())
        {
            var most = (high.AsDouble() / low.AsDouble()).ToString("F6", CultureInfo.InvariantCulture);
            errors.Invalid(path, given, $"ratio {given} is greater than max/min = {most}");
        }
    }
}
