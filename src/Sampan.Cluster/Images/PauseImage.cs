using System.Buffers.Binary;
using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Sampan.Cluster.Images;

/// <summary>
/// The sandbox image: one program of under 200 bytes that holds a pod's namespaces open. It ignores SIGCHLD, so that
/// the kernel reaps what is re-parented to it in pods with a shared process namespace, and then sleeps for ever.
/// Made here, so that a cluster starts without any registry.
/// </summary>
public static class PauseImage
{
    public const string Name = "sampan.internal/pause:1";

    private const int HeaderSize = 64 + 56;
    private const ulong LoadAddress = 0x400000;

    /// <summary>The image of this machine's architecture as an OCI archive.</summary>
    public static void Write(Stream archive)
    {
        var (architecture, program) = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => ("amd64", Elf(machine: 62, CodeX64)),
            Architecture.Arm64 => ("arm64", Elf(machine: 183, CodeArm64)),
            var other => throw new PlatformNotSupportedException($"no pause program for {other}"),
        };
        OciArchive.Write(archive, Name, architecture,
            new JsonObject { ["Entrypoint"] = new JsonArray("/pause"), ["User"] = "65535:65535" }, Layer(program));
    }

    // struct sigaction: handler SIG_IGN (1), no flags, no restorer, empty mask.
    private static ReadOnlySpan<byte> IgnoreAction =>
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> CodeX64 =>
    [
        0xb8, 13, 0, 0, 0,                      //       mov eax, 13           rt_sigaction(
        0xbf, 17, 0, 0, 0,                      //       mov edi, 17             SIGCHLD,
        0x48, 0x8d, 0x35, 0x13, 0, 0, 0,        //       lea rsi, [rip + 0x13]   &action,
        0x31, 0xd2,                             //       xor edx, edx            NULL,
        0x41, 0xba, 8, 0, 0, 0,                 //       mov r10d, 8             8)
        0x0f, 0x05,                             //       syscall
        0xb8, 34, 0, 0, 0,                      // loop: mov eax, 34           pause()
        0x0f, 0x05,                             //       syscall
        0xeb, 0xf7,                             //       jmp loop
    ];

    private static ReadOnlySpan<byte> CodeArm64 => MemoryMarshal.AsBytes<uint>(
    [
        0xd28010c8, 0xd2800220,                 //       mov x8, #134; mov x0, #17    rt_sigaction(SIGCHLD,
        0x10000161, 0xd2800002, 0xd2800103,     //       adr x1, action; x2 = 0; x3 = 8   &action, NULL, 8)
        0xd4000001,                             //       svc #0
        0xd2800928, 0xd2800000, 0xd2800001,     // loop: mov x8, #73; x0 = x1 =        ppoll(NULL, 0,
        0xd2800002, 0xd2800003,                 //       x2 = x3 = 0                   NULL, NULL)
        0xd4000001,                             //       svc #0
        0x17fffffa,                             //       b loop
    ]);

    /// <summary>A static 64-bit executable: header, one read-and-execute segment, code, action.</summary>
    private static byte[] Elf(ushort machine, ReadOnlySpan<byte> code)
    {
        var file = new byte[HeaderSize + code.Length + IgnoreAction.Length];
        ReadOnlySpan<byte> ident = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        ident.CopyTo(file);
        Put16(file, 16, 2);                                     // type: executable
        Put16(file, 18, machine);
        Put32(file, 20, 1);                                     // version
        Put64(file, 24, LoadAddress + HeaderSize);              // entry
        Put64(file, 32, 64);                                    // program headers' offset
        Put16(file, 52, 64);                                    // header's size
        Put16(file, 54, 56);                                    // a program header's size
        Put16(file, 56, 1);                                     // how many
        Put32(file, 64, 1);                                     // segment: load
        Put32(file, 68, 5);                                     // read, execute
        Put64(file, 80, LoadAddress);                           // virtual address
        Put64(file, 88, LoadAddress);
        Put64(file, 96, (ulong)file.Length);                    // size in the file
        Put64(file, 104, (ulong)file.Length);                   // size in memory
        Put64(file, 112, 0x1000);                               // alignment
        code.CopyTo(file.AsSpan(HeaderSize));
        IgnoreAction.CopyTo(file.AsSpan(HeaderSize + code.Length));
        return file;
    }

    private static byte[] Layer(byte[] program)
    {
        var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "pause")
            {
                DataStream = new MemoryStream(program),
                ModificationTime = DateTimeOffset.UnixEpoch,
                Mode = (UnixFileMode)0b101_101_101,
            });
        }
        return layer.ToArray();
    }

    private static void Put16(byte[] file, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);
    private static void Put32(byte[] file, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);
    private static void Put64(byte[] file, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(offset), value);
}
