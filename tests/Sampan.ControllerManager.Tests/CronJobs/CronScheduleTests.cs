using System.Globalization;
using Sampan.Api.Batch.V1;
using Sampan.ControllerManager.CronJobs;

namespace Sampan.ControllerManager.Tests.CronJobs;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("* * * * *", "UTC", "2026-01-01T00:00:30Z", "2026-01-01T00:01:00Z")]
    [InlineData("5,10-20/5 * * * *", "UTC", "2026-01-01T00:10:00Z", "2026-01-01T00:15:00Z")]
    [InlineData("50/5 * * * *", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T00:50:00Z")]
    [InlineData("0 0 29 feb ?", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 12 13 * FRI", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T12:00:00Z")]
    [InlineData("0 12 13 * *", "UTC", "2026-01-01T00:00:00Z", "2026-01-13T12:00:00Z")]
    [InlineData("@weekly", "UTC", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00Z")]
    [InlineData("@every 1h30m", "UTC", "2026-01-01T00:00:10.5Z", "2026-01-01T01:30:10Z")]
    [InlineData("0 9 * * *", "Europe/Berlin", "2026-07-01T00:00:00Z", "2026-07-01T07:00:00Z")]
    [InlineData("15 * * * *", "Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01T00:45:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")] // clocks skip 02:30 on the 29th
    [InlineData("TZ=Asia/Tokyo 30 9 * * *", "Europe/Berlin", "2026-07-01T00:00:00Z", "2026-07-01T00:30:00Z")]
    [InlineData("CRON_TZ=Asia/Tokyo 30 9 * * *", "UTC", "2026-07-01T01:00:00Z", "2026-07-02T00:30:00Z")]
    [InlineData("0 0 * * *", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-25T23:00:00Z")]
    public void Next_IsTheFirstTimeAfter(string schedule, string zone, string after, string expected)
    {
        var next = new CronSchedule(schedule, TimeZoneInfo.FindSystemTimeZoneById(zone)).Next(At(after));
        Assert.Equal(At(expected), next);
    }

    [Fact]
    public void Next_NeverDue_IsNull() => Assert.Null(new CronSchedule("0 0 30 2 *", TimeZoneInfo.Utc).Next(At("2026-01-01T00:00:00Z")));

    [Theory]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* * * * 7")]
    [InlineData("a * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("9-5 * * * *")]
    [InlineData("@sometimes")]
    [InlineData("TZ=Nowhere * * * * *")]
    [InlineData("TZ=UTC")]
    public void New_Unreadable_IsRefused(string schedule) => Assert.Throws<FormatException>(() => new CronSchedule(schedule, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("* * * * *", null, 0, null, false)]
    [InlineData("* * * * *", null, 100, 100, false)]
    [InlineData("* * * * *", null, 101, 101, true)]
    [InlineData("* * * * *", null, 600_000, 600_000, true)]
    [InlineData("* * * * *", 120L, 600_000, 600_000, false)]
    [InlineData("0 0 1 * *", null, 31 * 24 * 60, 31 * 24 * 60, false)]
    [InlineData("@every 7m", null, 600_000, 599_998, true)]
    public void MissedStarts_AreCounted(string schedule, long? deadline, int minutes, int? latest, bool tooMany)
    {
        var start = At("2026-01-01T00:00:00Z");
        var cronJob = new CronJob { Metadata = new ObjectMeta { CreationTimestamp = start }, Spec = new CronJobSpec { StartingDeadlineSeconds = deadline } };
        var missed = MissedStarts.Of(cronJob, new CronSchedule(schedule, TimeZoneInfo.Utc), start.AddMinutes(minutes).AddSeconds(20));
        Assert.Equal(new MissedStarts(latest is { } l ? start.AddMinutes(l) : null, tooMany), missed);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
