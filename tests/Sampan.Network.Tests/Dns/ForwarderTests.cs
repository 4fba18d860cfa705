using System.Net;
using Sampan.Network.Dns.Forwarding;
using Sampan.Network.Dns.Message;
using Sampan.Testing.Fakes;
using Sampan.Tests;

namespace Sampan.Network.Tests.Dns;

public sealed class ForwarderTests
{
    private static readonly byte[] Example = DnsRecordWriter.Address(DnsRecordWriter.Question, IPAddress.Parse("192.0.2.1"), 60);

    [Fact]
    public async Task Ask_Twice_AsksUpstreamOnce()
    {
        await using var upstream = new FakeUpstream(_ => Example);
        using var dns = new DnsFixture(upstream.Address);
        Assert.Equal(["NoError", "A 192.0.2.1"], await dns.AskUpstreamAsync("example.com"));
        Assert.Equal(["NoError", "A 192.0.2.1"], dns.Ask("EXAMPLE.com"));
        Assert.Equal(1, upstream.Queries);
    }

    [Fact]
    public async Task Ask_NoSuchName_IsRememberedToo()
    {
        await using var upstream = new FakeUpstream(_ => []);
        using var dns = new DnsFixture(upstream.Address);
        Assert.Equal(["NameError", "Soa "], await dns.AskUpstreamAsync("nothing.test"));
        Assert.Equal(["NameError", "Soa "], dns.Ask("nothing.test"));
        Assert.Equal(1, upstream.Queries);
    }

    [Fact]
    public async Task Ask_FirstServerRefusesConnections_AsksTheNext()
    {
        await using var upstream = new FakeUpstream(_ => Example);
        using var dns = new DnsFixture(new IPEndPoint(IPAddress.Loopback, 1), upstream.Address);
        Assert.Equal(["NoError", "A 192.0.2.1"], await dns.AskUpstreamAsync("example.com"));
    }

    [Fact]
    public async Task Ask_ServerThatFailed_IsAskedLastNextTime()
    {
        await using var failing = new FakeUpstream(_ => null, ResponseCode.ServerFailure);
        await using var upstream = new FakeUpstream(_ => Example);
        using var dns = new DnsFixture(failing.Address, upstream.Address);
        Assert.Equal(["NoError", "A 192.0.2.1"], await dns.AskUpstreamAsync("one.example.com"));
        Assert.Equal(["NoError", "A 192.0.2.1"], await dns.AskUpstreamAsync("two.example.com"));
        Assert.Equal((1, 2), (failing.Queries, upstream.Queries));
    }

    [Fact]
    public async Task Ask_ServerThatSaysNothing_GivesWayToTheNext()
    {
        var time = new FakeTimeProvider();
        await using var silent = new FakeUpstream(_ => null);
        await using var upstream = new FakeUpstream(_ => Example);
        using var dns = new DnsFixture(time, silent.Address, upstream.Address);
        var answer = dns.AskUpstreamAsync("one.example.com");
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        Assert.Equal(["NoError", "A 192.0.2.1"], await answer);
        Assert.Equal(["NoError", "A 192.0.2.1"], await dns.AskUpstreamAsync("two.example.com"));
        Assert.Equal(1, silent.Queries);
    }

    [Fact]
    public async Task Ask_AnswerFromTheCache_AgesAndIsForgotten()
    {
        var time = new FakeTimeProvider();
        await using var upstream = new FakeUpstream(name => name == "example.com" ? Example : []);
        using var dns = new DnsFixture(time, upstream.Address);
        foreach (string name in new[] { "example.com", "nothing.test" })
        {
            int before = upstream.Queries;
            await dns.AskUpstreamAsync(name);
            time.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal(40u, DnsClient.ReadFirst(dns.AskRaw(DnsClient.Query(name, RecordType.A))).Seconds);
            time.Advance(TimeSpan.FromSeconds(40));
            await dns.AskUpstreamAsync(name);
            Assert.Equal(before + 2, upstream.Queries);
        }
    }

    [Fact]
    public async Task Ask_AnswerTooLongForUdp_IsFetchedOverTcp()
    {
        byte[] many = [.. Enumerable.Range(1, 100).SelectMany(i => DnsRecordWriter.Address(DnsRecordWriter.Question, IPAddress.Parse($"192.0.2.{i}"), 60))];
        await using var upstream = new FakeTcpUpstream(many, 100);
        using var dns = new DnsFixture(upstream.Address);
        Assert.Equal(["NoError", "truncated"], await dns.AskUpstreamAsync("example.com"));
        Assert.Equal(101, DnsClient.Read(dns.AskRaw(DnsClient.Query("example.com", RecordType.A), udp: false)).Count);
    }

    [Fact]
    public async Task Ask_StubDomain_AsksItsOwnServers()
    {
        await using var host = new FakeUpstream(_ => Example);
        await using var corporate = new FakeUpstream(_ => DnsRecordWriter.Address(DnsRecordWriter.Question, IPAddress.Parse("192.0.2.77"), 60));
        using var dns = new DnsFixture(host.Address);
        dns.Forwarder.Use(ForwardRules.Read(new Dictionary<string, string> { ["stubDomains"] = $$"""{"Corp.Example": ["{{corporate.Address}}"]}""" }));
        foreach (string name in new[] { "corp.example", "db.corp.example", "DB2.Corp.Example" })
            Assert.Equal(["NoError", "A 192.0.2.77"], await dns.AskUpstreamAsync(name));
        Assert.Equal(["NoError", "A 192.0.2.1"], await dns.AskUpstreamAsync("notcorp.example"));
        Assert.Equal((1, 3), (host.Queries, corporate.Queries));
    }

    [Fact]
    public async Task Ask_UpstreamNameserversGiven_LeavesTheHostsAlone()
    {
        await using var host = new FakeUpstream(_ => null);
        await using var upstream = new FakeUpstream(_ => Example);
        using var dns = new DnsFixture(host.Address);
        dns.Forwarder.Use(ForwardRules.Read(new Dictionary<string, string> { ["upstreamNameservers"] = $"[\"{upstream.Address}\"]" }));
        Assert.Equal(["NoError", "A 192.0.2.1"], await dns.AskUpstreamAsync("example.com"));
        dns.Forwarder.Use(ForwardRules.None);
        Assert.Equal(0, host.Queries);
    }

    [Fact]
    public async Task Use_OtherRules_ForgetsWhatOthersSaid()
    {
        await using var host = new FakeUpstream(_ => Example);
        await using var other = new FakeUpstream(_ => DnsRecordWriter.Address(DnsRecordWriter.Question, IPAddress.Parse("192.0.2.77"), 60));
        using var dns = new DnsFixture(host.Address);
        Assert.Equal(["NoError", "A 192.0.2.1"], await dns.AskUpstreamAsync("example.com"));
        dns.Forwarder.Use(ForwardRules.Read(new Dictionary<string, string> { ["stubDomains"] = $$"""{"example.com": ["{{other.Address}}"]}""" }));
        Assert.Equal(["NoError", "A 192.0.2.77"], await dns.AskUpstreamAsync("example.com"));
    }

    [Theory]
    [InlineData("stubDomains", "corp.example", "stubDomains: ")]
    [InlineData("stubDomains", "{\"corp.example\": []}", "no name server is given")]
    [InlineData("stubDomains", "{\"corp.example\": [\"ns1\"]}", "\"ns1\" is no address")]
    [InlineData("stubDomains", "{\"a..b\": [\"192.0.2.1\"]}", "\"a..b\" is no domain name")]
    [InlineData("upstreamNameservers", "[\"192.0.2.1:0\"]", "upstreamNameservers: \"192.0.2.1:0\"")]
    public void Read_WhatCannotBe_SaysWhere(string key, string text, string reason) => Assert.Contains(
        reason, Assert.Throws<FormatException>(() => ForwardRules.Read(new Dictionary<string, string> { [key] = text })).Message);

    [Fact]
    public async Task Ask_NoServer_Fails()
    {
        using var dns = new DnsFixture();
        Assert.Equal(["ServerFailure"], await dns.AskUpstreamAsync("example.com"));
    }

    [Fact]
    public async Task Ask_ExternalName_BringsAliasAndAddress()
    {
        await using var upstream = new FakeUpstream(name => name == "example.com" ? Example : null);
        using var dns = new DnsFixture(upstream.Address);
        dns.Add(Objects.Service("out", "", change: s =>
        {
            s.Spec!.Type = "ExternalName";
            s.Spec.ExternalName = "example.com";
        }));
        Assert.Equal(["NoError", "Cname example.com", "A 192.0.2.1"], await dns.AskUpstreamAsync("out.default.svc.cluster.local"));
    }

    /// <summary>Whatever is asked for: also records with names in them, which cannot point into the answer they came in, and unknown ones.</summary>
    [Theory]
    [InlineData("Mx", "000a 046d61696c076578616d706c6503636f6d00")]
    [InlineData("Srv", "0000 0005 0050 046d61696c076578616d706c6503636f6d00")]
    [InlineData("65", "0001 00 0001 0002 6832")]
    public async Task Ask_ExternalName_BringsRecordsOfEveryType(string type, string hex)
    {
        byte[] data = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var kind = Enum.Parse<RecordType>(type);
        await using var upstream = new FakeUpstream(_ => DnsRecordWriter.Name(DnsRecordWriter.Question, kind, 60, data));
        using var dns = new DnsFixture(upstream.Address);
        dns.Add(Objects.Service("out", "", change: s => (s.Spec!.Type, s.Spec.ExternalName) = ("ExternalName", "example.com")));
        byte[] answer = await dns.AskUpstreamRawAsync("out.default.svc.cluster.local", kind);
        var records = DnsRecords.Of(answer);
        Assert.True(records.MoveNext() && records.Type == RecordType.Cname && records.MoveNext());
        Assert.Equal((kind, "example.com"), (records.Type, DnsName.Format(DnsName.Expand(answer, records.Start))));
        Assert.Equal(data, records.Data.ToArray());
    }

    [Fact]
    public async Task Ask_CachedName_AllocatesNothing()
    {
        await using var upstream = new FakeUpstream(_ => Example);
        using var dns = new DnsFixture(upstream.Address);
        await dns.AskUpstreamAsync("example.com");
        byte[] packet = DnsClient.Query("example.com", RecordType.A, 1232), key = new byte[300], answer = new byte[4096];
        for (int i = 0; i < 1000; i++) Assert.True(dns.Handler.TryAnswer(packet, key, answer, udp: true) > 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) dns.Handler.TryAnswer(packet, key, answer, udp: true);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100);
    }
}
