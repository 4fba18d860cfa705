using Sampan.Api;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Checks that a time zone is one of the IANA database.</summary>
internal static class TimeZoneValidation
{
    private const int MaxPart = 14;

    public static void Validate(string? zone, FieldPath path, FieldErrors errors)
    {
        if (zone is null)
        {
            return;
        }
        if (zone.Length == 0)
        {
            errors.Invalid(path, zone, "timeZone must be nil or non-empty string");
            return;
        }
        if (!zone.Split('/').All(IsPart))
        {
            errors.Invalid(path, zone, $"unknown time zone {zone}");
            return;
        }
        if (string.Equals(zone, "Local", StringComparison.OrdinalIgnoreCase))
        {
            errors.Invalid(path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        if (zone != "Local" && (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) || !found.HasIanaId))
        {
            errors.Invalid(path, zone, $"unknown time zone {zone}");
        }
    }

    private static bool IsPart(string part) =>
        part is not ("" or "." or "..") && part[0] != '-' && part.Length <= MaxPart
        && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+');
}
