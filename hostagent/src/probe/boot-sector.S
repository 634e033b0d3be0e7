# A guest of 512 bytes that tells whether an accelerator really runs guests. It goes the way every modern kernel goes
# (real mode, paging, long mode), uses an instruction that half-working KVM back ends lack (lock cmpxchg16b), computes for
# a moment, says VIRTOK on the first serial port and leaves through QEMU's isa-debug-exit with code 33.
#
# Build and compare with boot-sector.ts:
#   as --64 -o boot-sector.o boot-sector.S
#   ld -m elf_x86_64 -Ttext 0x7c00 --oformat binary -o boot-sector.img boot-sector.o
#   base64 -w 116 boot-sector.img

    .code16
    .globl _start
_start:
    cli
    ljmp $0, $clear_segments
clear_segments:
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movw $0x7c00, %sp

    # The A20 gate by port 0x92.
    inb $0x92, %al
    orb $2, %al
    andb $0xfe, %al
    outb %al, $0x92

    # Page tables at 0x1000 (PML4), 0x2000 (PDPT), 0x3000 (PD): the first 2 MiB, one to one.
    movw $0x1000, %di
    xorw %ax, %ax
    movw $0x1800, %cx
    cld
    rep stosw
    movl $0x2003, 0x1000
    movl $0x3003, 0x2000
    movl $0x83, 0x3000

    # Long mode: physical address extension, page tables, EFER.LME, then paging and protection at once.
    movl %cr4, %eax
    orl $0x20, %eax
    movl %eax, %cr4
    movl $0x1000, %eax
    movl %eax, %cr3
    movl $0xc0000080, %ecx
    rdmsr
    orl $0x100, %eax
    wrmsr
    movl %cr0, %eax
    orl $0x80000001, %eax
    movl %eax, %cr0
    lgdt descriptor_table_register
    ljmp $8, $long_mode

    .code64
long_mode:
    movl $16, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    movl $0x7000, %esp

    # lock cmpxchg16b, and look whether it did what it must: 0 is there, so 1:2 gets there.
    xorl %eax, %eax
    xorl %edx, %edx
    movl $1, %ebx
    movl $2, %ecx
    movl $0x5000, %edi
    movq $0, (%rdi)
    movq $0, 8(%rdi)
    lock cmpxchg16b (%rdi)
    jnz stop
    cmpq $1, (%rdi)
    jne stop

    # A hundred million rounds: no time with an accelerator, none to speak of with TCG, an eternity in an emulator's trap loop.
    movl $100000000, %ecx
1:  decl %ecx
    jnz 1b

    movl $text, %esi
    movl $0x3f8, %edx
2:  lodsb
    testb %al, %al
    jz 3f
    outb %al, %dx
    jmp 2b
3:  movl $0xf4, %edx
    movb $0x10, %al
    outb %al, %dx
stop:
    hlt
    jmp stop

text:
    .asciz "VIRTOK\n"

    .balign 8
descriptor_table:
    .quad 0
    .quad 0x00209a0000000000
    .quad 0x0000920000000000
descriptor_table_register:
    .word descriptor_table_register - descriptor_table - 1
    .long descriptor_table

    .org 510
    .word 0xaa55
